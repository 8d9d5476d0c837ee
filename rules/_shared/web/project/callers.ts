import type { Operation, Value, WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { Thing } from './things.ts';

/** Code of a file or of one of its named functions, `path#key`; the key is empty for the top of the file. */
export type Scope = string;

/** Functions that run because of an operation: for what it is given, and then for itself. */
export interface Targets {
  readonly first: readonly Scope[];
  readonly called: readonly Scope[];
}

/** By which code each function is called. */
export function allCallers(
  files: ReadonlyMap<string, WebFacts>,
  targets: (operation: Operation, path: string) => Targets,
  targetsOf: (things: readonly Thing[]) => readonly Scope[],
  { evaluate }: Interpreter,
): ReadonlyMap<Scope, ReadonlySet<Scope>> {
  const callers = new Map<Scope, Set<Scope>>();
  const note = (targets: readonly Scope[], caller: Scope): void => {
    for (const target of targets) {
      const known = callers.get(target);
      if (known === undefined) callers.set(target, new Set([caller]));
      else known.add(caller);
    }
  };
  const noteValue = (value: Value, path: string, caller: Scope): void => {
    for (const { callee } of callsIn(value)) note(targetsOf(evaluate(callee, path)), caller);
  };
  for (const [path, { operations, exports, functions, fields }] of files) {
    for (const operation of operations) {
      const { first, called } = targets(operation, path);
      note([...first, ...called], scopeOf(path, operation.in));
    }
    for (const value of Object.values(exports)) noteValue(value, path, scopeOf(path, ''));
    for (const [key, { returns }] of Object.entries(functions)) {
      for (const value of returns ?? []) noteValue(value, path, scopeOf(path, key));
    }
    for (const [key, values] of Object.entries(fields)) {
      const owner = `${key.slice(0, key.lastIndexOf('.'))}.constructor`;
      for (const value of values) noteValue(value, path, scopeOf(path, owner));
    }
  }
  return callers;
}

/** Calls inside a value, those whose results others are given first. */
export function callsIn(value: Value): readonly Extract<Value, { readonly is: 'call' }>[] {
  switch (value.is) {
    case 'call':
      return [...value.args.flatMap(callsIn), ...callsIn(value.callee), value];
    case 'made':
      return value.args.flatMap(callsIn);
    case 'member':
    case 'each':
    case 'under':
      return callsIn(value.of);
    case 'list':
      return value.items.flatMap(callsIn);
    case 'either':
      return value.of.flatMap(callsIn);
    default:
      return [];
  }
}

/** The scope of a function of a file, by its key. */
export function scopeOf(path: string, key: string): Scope {
  return `${path}#${key}`;
}
