import type { Files } from './virtualFiles.ts';

/** The first line in which two sets of files differ, as a sentence; `undefined` when they are equal. */
export function firstDifference(actual: Files, expected: Files): string | undefined {
  for (const path of new Set([...expected.keys(), ...actual.keys()])) {
    if (actual.get(path) === expected.get(path)) continue;
    const is = (actual.get(path) ?? '').split('\n');
    const wanted = (expected.get(path) ?? '').split('\n');
    const at = wanted.findIndex((line, index) => line !== is[index]);
    const line = at < 0 ? wanted.length : at;
    return `${path}:${line + 1} is ${JSON.stringify(is[line])}, not ${JSON.stringify(wanted[line])}`;
  }
  return undefined;
}
