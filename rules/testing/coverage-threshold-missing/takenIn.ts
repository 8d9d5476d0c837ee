import { hasUnknownPreset } from '../../_shared/testing/presets.ts';
import { memberOf, type Setting } from '../../_shared/testing/setting.ts';
import type { Runner } from './thresholds.ts';

/** What a configuration names to be merged into it. */
export interface TakenIn {
  /** Specifiers of modules. */
  readonly imports: readonly string[];
  /** What Jest looks for as presets. */
  readonly presets: readonly string[];
  /** It takes in what cannot be told. */
  readonly isOpen: boolean;
}

/** Published configurations of nyc that ask for no coverage. */
const WITHOUT_BAR = /^@istanbuljs\/nyc-config-(?:typescript|babel|hook-run-in-this-context)$/;

const NOTHING: TakenIn = { imports: [], presets: [], isOpen: false };

/** `extends` of nyc, `preset` of Jest. Vitest has neither: its projects cannot say anything of coverage. */
export function takenIn(runner: Runner, config: Setting): TakenIn {
  if (runner === 'Jest') return presetOf(config);
  const bases = runner === 'Vitest' ? undefined : memberOf(config, 'extends')?.value;
  if (bases === undefined) return NOTHING;
  const named = (bases.kind === 'list' ? bases.items : [bases]).map((one) =>
    one.kind === 'value' && typeof one.value === 'string' ? one.value : undefined,
  );
  return {
    ...NOTHING,
    imports: named.flatMap((name) => (name === undefined || WITHOUT_BAR.test(name) ? [] : [name])),
    isOpen: named.includes(undefined),
  };
}

/** A preset is resolved like a module, from the folder of the configuration unless `rootDir` says otherwise. */
function presetOf(config: Setting): TakenIn {
  if (!hasUnknownPreset(config)) return NOTHING;
  const preset = memberOf(config, 'preset')?.value;
  const name = preset?.kind === 'value' && typeof preset.value === 'string' ? preset.value : undefined;
  const isElsewhere = memberOf(config, 'rootDir') !== undefined && /^(?:\.|<rootDir>)/.test(name ?? '');
  return name === undefined || isElsewhere ? { ...NOTHING, isOpen: true } : { ...NOTHING, presets: [name] };
}
