import type { NameTest } from '../api/kinds.ts';

/** Of listeners for imported names alone. */
export const NO_NAME = (): boolean => false;

/** One function for whatever way names are given in. */
export function testOf(names: NameTest | undefined): (name: string) => boolean {
  if (names === undefined) return NO_NAME;
  if (typeof names === 'function') return names;
  return names instanceof RegExp ? (name) => names.test(name) : (name) => names.has(name);
}
