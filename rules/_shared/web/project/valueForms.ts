import type { Value } from './facts.ts';

/** What a reference of `header.resolve` stands for; globals are of no module. */
export function imported(reference: string): Value {
  const hash = reference.indexOf('#');
  const module = hash < 0 ? reference : reference.slice(0, hash);
  const name = hash < 0 ? '' : reference.slice(hash + 1);
  return module === 'global' ? { is: 'unknown', name } : { is: 'import', module, name };
}

/** One of several values; the value itself where there is one alone. */
export function either(values: readonly Value[]): Value {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : { is: 'either', of: values };
}

/** The value with the name of what holds it, where nothing else says what it is for: results of calls, and what is unknown. */
export function named(value: Value, name: string): Value {
  if (value.is === 'call') return value.as === undefined ? { ...value, as: name } : value;
  return value.is === 'unknown' && value.name === undefined ? { is: 'unknown', name } : value;
}

/** Whether anything is known of a value. */
export function isTelling(value: Value): boolean {
  if (value.is === 'object') return Object.keys(value.members).length > 0;
  return value.is !== 'unknown' || value.name !== undefined;
}
