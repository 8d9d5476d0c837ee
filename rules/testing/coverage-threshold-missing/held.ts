import type { ConfigFacts, CoverageFacts } from './coverageFacet.ts';

/** A configuration and the file it stands in. */
export interface PlacedConfig extends ConfigFacts {
  readonly path: string;
}

/** Finds the file with a configuration that another file names; `undefined` for what lies elsewhere or says nothing. */
export type FindConfig = (from: string, module: string, isPreset: boolean) => string | undefined;

/** Configurations in a file that a command names, from the folder of its package.json; none when it cannot be seen. */
export function configsAt(
  manifest: string,
  name: string,
  values: ReadonlyMap<string, CoverageFacts>,
  find: FindConfig,
): readonly PlacedConfig[] {
  const path = find(manifest, /^\.{0,2}\//.test(name) ? name : `./${name}`, false);
  return path === undefined ? [] : (values.get(path)?.configs ?? []).map((config) => ({ ...config, path }));
}

/** Whether a configuration asks for coverage, or takes something in that does or may do so, over any number of files. */
export function asksForCoverage(
  config: PlacedConfig,
  values: ReadonlyMap<string, CoverageFacts>,
  find: FindConfig,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (config.isSet || config.isOpen) return true;
  const around = new Set([...seen, config.path]);
  const asks = (path: string | undefined): boolean => {
    if (path === undefined) return true;
    if (around.has(path)) return false;
    const configs = values.get(path)?.configs ?? [];
    return configs.length === 0 || configs.some((base) => asksForCoverage({ ...base, path }, values, find, around));
  };
  return (
    config.imports.some((module) => asks(find(config.path, module, false))) ||
    config.presets.some((preset) => asks(find(config.path, preset, true)))
  );
}
