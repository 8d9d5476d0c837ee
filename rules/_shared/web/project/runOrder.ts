import { allCallers, callsIn, type Scope, scopeOf, type Targets } from './callers.ts';
import type { Operation, WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { Apart, Moment } from './order.ts';
import type { Thing, WebObject } from './things.ts';

/** Calls inside calls are followed so far. */
const MAX_DEPTH = 16;
/** Steps of one run; more are no start of a service. */
const MAX_STEPS = 4000;
/** How often the caller of a caller is asked for. */
const MAX_CLIMBS = 6;

/** Says when operations run: of those that a run from the start cannot be followed to, nothing. */
export interface RunOrder {
  /** @param listening files that make the object listen */
  momentsOf(
    object: WebObject,
    operations: readonly Operation[],
    listening: ReadonlySet<string>,
  ): ReadonlyMap<Operation, Moment>;
}

/** What one call of a function changes while it is followed. */
interface Frame {
  /** What the calling code does meanwhile, if it does not wait. */
  readonly flow: Operation['flow'];
  readonly from: { readonly at: number; readonly turn: number };
  apart: Apart | undefined;
  /** It waited, and the calling code did not. */
  isSplit: boolean;
}

/** Follows the run of the program through functions, classes and files. */
export function runOrder(files: ReadonlyMap<string, WebFacts>, interpreter: Interpreter): RunOrder {
  const scopes = new Map<Scope, { readonly path: string; readonly operations: Operation[] }>();
  for (const [path, { operations }] of files) {
    for (const operation of operations) {
      const scope = scopeOf(path, operation.in);
      const known = scopes.get(scope);
      if (known === undefined) scopes.set(scope, { path, operations: [operation] });
      else known.operations.push(operation);
    }
  }
  const runs = new Map<string, ReadonlyMap<Operation, Moment>>();
  let callers: ReadonlyMap<Scope, ReadonlySet<Scope>> | undefined;

  const targetsOf = (things: readonly Thing[]): readonly Scope[] =>
    things.flatMap((thing) => {
      if (thing.is === 'function') return [scopeOf(thing.path, thing.key)];
      return thing.is === 'class' ? [scopeOf(thing.path, `${thing.key}.constructor`)] : [];
    });

  const known = new Map<Operation, Targets>();
  const targets = (operation: Operation, path: string): Targets => {
    let found = known.get(operation);
    if (found === undefined) {
      const calls = [operation.on, ...operation.args].flatMap(callsIn);
      found = {
        first: calls.flatMap(({ callee }) => targetsOf(interpreter.evaluate(callee, path))),
        called: targetsOf(interpreter.calledBy(operation, path)),
      };
      known.set(operation, found);
    }
    return found;
  };

  /** Moments of all that runs from some starts one after the other; what runs more than once has none. */
  const runFrom = (starts: readonly Scope[]): ReadonlyMap<Operation, Moment> => {
    const name = starts.join('\n');
    const earlier = runs.get(name);
    if (earlier !== undefined) return earlier;
    const moments = new Map<Operation, Moment>();
    const repeated = new Set<Operation>();
    const active = new Set<Scope>();
    const made = new Set<string>();
    let at = 0;
    let turn = 0;
    let blocks = 0;

    const wait = (frame: Frame): void => {
      if (frame.flow !== 'awaited' && !frame.isSplit) {
        const isLater = frame.flow === 'detached' && frame.apart?.isLater !== false;
        frame.apart = { block: ++blocks, isLater, from: frame.from };
        frame.isSplit = true;
      } else if (frame.apart === undefined) turn++;
    };

    const enter = (scope: Scope, frame: Frame): void => {
      const found = scopes.get(scope);
      if (found === undefined || active.has(scope) || active.size > MAX_DEPTH) return;
      active.add(scope);
      const inCallbacks = new Map<number, Apart>();
      let awaits = 0;
      for (const operation of found.operations) {
        if (at > MAX_STEPS) break;
        const { callback } = operation;
        if (callback === undefined && (operation.awaits ?? 0) > awaits) {
          awaits = operation.awaits ?? 0;
          wait(frame);
        }
        let { apart } = frame;
        if (callback !== undefined) {
          const isLater = callback.isLater && apart?.isLater !== false;
          apart = inCallbacks.get(callback.id) ?? { block: ++blocks, isLater, from: apart?.from ?? { at, turn } };
          inCallbacks.set(callback.id, apart);
        }
        const { first, called } = targets(operation, found.path);
        // What makes the application has run before anything is done with it.
        for (const target of first) {
          if (!once(made, `${scope}\n${target}`)) continue;
          if (apart === frame.apart) enter(target, frame);
          else enter(target, { flow: 'awaited', from: { at, turn }, apart, isSplit: false });
        }
        const place = { path: found.path, anchor: operation.at };
        const now: Moment = { at: ++at, turn, place, ...(apart !== undefined && { apart }) };
        if (moments.has(operation)) repeated.add(operation);
        moments.set(operation, now);
        for (const target of called) {
          made.add(`${scope}\n${target}`);
          const from = apart?.from ?? now;
          if (operation.flow === 'awaited' && callback === undefined) enter(target, frame);
          else enter(target, { flow: operation.flow, from: { at: from.at, turn: from.turn }, apart, isSplit: false });
        }
      }
      active.delete(scope);
    };

    for (const start of starts) {
      enter(start, { flow: 'awaited', from: { at, turn }, apart: undefined, isSplit: false });
    }
    for (const operation of repeated) moments.delete(operation);
    runs.set(name, moments);
    return moments;
  };

  const callersOf = (scope: Scope): ReadonlySet<Scope> => {
    callers ??= allCallers(files, targets, targetsOf, interpreter);
    return callers.get(scope) ?? new Set();
  };

  return {
    momentsOf(object, operations, listening) {
      const starts = [scopeOf(object.path, object.in)];
      for (let climbs = 0; ; climbs++) {
        const moments = runFrom(starts);
        if (climbs === MAX_CLIMBS || operations.every((one) => moments.has(one))) return moments;
        const [first = ''] = starts;
        const above = [...callersOf(first)];
        const [caller] = above;
        if (above.length === 1 && caller !== undefined && caller !== first) {
          starts[0] = caller;
          continue;
        }
        // A module is done before those that import it go on: the one that makes it listen is nobody's import.
        const [entry, ...others] = [...listening].filter((path) => first !== scopeOf(path, ''));
        const next = entry === undefined ? undefined : scopeOf(entry, '');
        if (!first.endsWith('#') || next === undefined || others.length > 0 || starts.includes(next)) return moments;
        starts.push(next);
      }
    },
  };
}

/** Whether something is new to a set, which has it from then on. */
function once<T>(set: Set<T>, item: T): boolean {
  if (set.has(item)) return false;
  set.add(item);
  return true;
}
