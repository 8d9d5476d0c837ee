import type { ConfigRunner } from '../../_shared/testing/configs/configFacet.ts';
import { isValue, type Member, memberOf, type Setting } from '../../_shared/testing/setting.ts';

/** What a setting or flag does to the tests. */
export type Effect = 'forced' | 'ignored' | 'undetected';

/** A setting of a runner that hides leaks when it has a value. */
export interface Switch {
  readonly runner: ConfigRunner;
  /** Where it stands in a configuration. */
  readonly under: readonly string[];
  readonly name: string;
  readonly value: boolean;
  readonly effect: Effect;
}

/** All settings that hide leaks. */
export const SWITCHES: readonly Switch[] = [
  { runner: 'Jest', under: [], name: 'forceExit', value: true, effect: 'forced' },
  { runner: 'Jest', under: [], name: 'detectOpenHandles', value: false, effect: 'undetected' },
  { runner: 'Mocha', under: [], name: 'exit', value: true, effect: 'forced' },
  { runner: 'Vitest', under: ['test'], name: 'dangerouslyIgnoreUnhandledErrors', value: true, effect: 'ignored' },
  // A part of a configuration that others put under `test`.
  { runner: 'Vitest', under: [], name: 'dangerouslyIgnoreUnhandledErrors', value: true, effect: 'ignored' },
];

/** Functions that run the tests, and the settings that they take. */
export const RUNS: ReadonlyMap<string, ConfigRunner> = new Map<string, ConfigRunner>([
  ['jest#runCLI', 'Jest'],
  ['jest-cli#runCLI', 'Jest'],
  ['@jest/core#runCLI', 'Jest'],
  ['vitest/node#startVitest', 'Vitest'],
  ['vitest/node#createVitest', 'Vitest'],
]);

/** Settings that hide leaks in the options handed to a runner. */
export function switchesIn(
  options: Setting,
  runner: ConfigRunner,
): readonly (Switch & { readonly place: Member['place'] })[] {
  return SWITCHES.flatMap((one) => {
    const found = one.runner === runner && one.under.length === 0 ? memberOf(options, one.name) : undefined;
    return found !== undefined && isValue(found.value, one.value) ? [{ ...one, place: found.place }] : [];
  });
}
