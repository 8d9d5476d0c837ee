import type { Operation, Value, WebFacts } from './facts.ts';
import { parameters } from './parameters.ts';
import { joinPaths, NOT_CONSTANT } from './paths.ts';
import { constantText, type PluginSource } from './pluginSource.ts';
import { pluggedIn, pluginsOf } from './plugins.ts';
import { objectId, type Thing, type WebObject } from './things.ts';

/** How far values are followed from file to file. */
const MAX_DEPTH = 24;
/** Rounds in which parameters get what callers hand them; each follows calls one step further. */
const MAX_ROUNDS = 10;
/** Steps for one value: files that hand each other everything would otherwise never be done. */
const MAX_STEPS = 4000;

/** Says what values of files stand for, all files of the project put together. */
export interface Interpreter {
  evaluate(value: Value, path: string): readonly Thing[];
  /** What an operation calls, other than methods of applications, routers and servers. */
  calledBy(operation: Operation, path: string): readonly Thing[];
  /** Whether what a registration of Fastify registers is known. */
  knowsPlugins(operation: Operation, path: string): boolean;
  /** All applications, routers and servers, in the order of files and of their places in them. */
  readonly objects: readonly WebObject[];
}

type Trail = readonly string[];

const SHARES = /^fastify-plugin(?:#(?:default|fastifyPlugin))?$/;

/** @param resolveImport as of `ProjectContext` */
export function interpret(
  files: ReadonlyMap<string, WebFacts>,
  resolveImport: (from: string, specifier: string) => string | undefined,
): Interpreter {
  const objects = new Map<string, WebObject>();
  const { give, of, takeChange } = parameters();
  /** Values being evaluated: one that needs itself adds nothing. */
  const active = new Set<Value>();
  let steps = 0;

  const call = (callee: Thing, args: readonly Value[], path: string, depth: number): void => {
    if (callee.is !== 'function' && callee.is !== 'class') return;
    const key = callee.is === 'class' ? `${callee.key}.constructor` : callee.key;
    for (const [index, arg] of args.entries()) give(callee.path, key, index, run(arg, path, depth + 1, []));
  };

  const exported = (path: string, name: string, depth: number, trail: Trail): readonly Thing[] => {
    const facts = files.get(path);
    const here = [...trail, `${path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '')}#${name || 'default'}`];
    if (facts === undefined || depth > MAX_DEPTH) return [{ is: 'opaque', path, trail: here }];
    const [first = '', ...members] = name.split('.');
    const value = facts.exports[first === '' ? 'default' : first];
    if (value !== undefined) {
      const things = run(value, path, depth + 1, here);
      return members.reduce((found, one) => found.flatMap((thing) => member(thing, one, depth + 1)), things);
    }
    if (first === '') return [{ is: 'module', path, trail: here }];
    for (const star of facts.stars) {
      const target = resolveImport(path, star);
      if (target === undefined) continue;
      const things = exported(target, name, depth + 1, trail);
      if (things.some(({ is }) => is !== 'opaque')) return things;
    }
    const whole = facts.exports['default'];
    const things = whole === undefined ? [] : run({ is: 'member', of: whole, name: first }, path, depth + 1, here);
    return things.some(({ is }) => is !== 'unknown') ? things : [{ is: 'opaque', path, trail: here }];
  };

  const member = (thing: Thing, name: string, depth: number): readonly Thing[] => {
    const trail = [...thing.trail, name];
    switch (thing.is) {
      case 'object':
        return [thing];
      case 'module':
        return exported(thing.path, name, depth + 1, thing.trail);
      case 'members': {
        const value = thing.members[name];
        return value === undefined ? [{ is: 'unknown', trail }] : run(value, thing.path, depth + 1, trail);
      }
      case 'class':
      case 'instance': {
        const facts = files.get(thing.path);
        const key = `${thing.key}.${name}`;
        const fields = facts?.fields[key];
        if (fields !== undefined) return fields.flatMap((value) => run(value, thing.path, depth + 1, trail));
        if (facts?.functions[key] !== undefined) return [{ is: 'function', path: thing.path, key, trail }];
        return [{ is: 'opaque', path: thing.path, trail }];
      }
      case 'package':
      case 'product': {
        const { reference } = thing;
        return [{ is: thing.is, reference: reference + (reference.includes('#') ? '.' : '#') + name, trail }];
      }
      case 'opaque':
        return [{ ...thing, trail }];
      default:
        return [{ is: 'unknown', trail }];
    }
  };

  const result = (callee: Thing, value: Extract<Value, { is: 'call' }>, path: string, depth: number) => {
    const trail = value.as === undefined ? callee.trail : [...callee.trail, value.as];
    call(callee, value.args, path, depth);
    switch (callee.is) {
      case 'function': {
        const returns = files.get(callee.path)?.functions[callee.key]?.returns ?? [];
        const things = returns.flatMap((one) => run(one, callee.path, depth + 1, trail));
        return things.length > 0 ? things : [{ ...callee, trail }];
      }
      case 'class':
        return [{ ...callee, is: 'instance' as const, trail }];
      case 'package':
      case 'product':
        return fromPackage(callee.reference, value.args, path, depth, trail);
      case 'object':
      case 'opaque':
        return [{ ...callee, trail }];
      default:
        return [{ is: 'unknown' as const, trail }];
    }
  };

  /** What a call of a package brings: `fastify-plugin` gives its function back. */
  const fromPackage = (reference: string, [first]: readonly Value[], path: string, depth: number, trail: Trail) => {
    const product: Thing = { is: 'product', reference, trail };
    if (first === undefined || !SHARES.test(reference)) return [product];
    return run(first, path, depth + 1, trail).map(
      (thing): Thing => (thing.is === 'function' ? { ...thing, isShared: true } : product),
    );
  };

  const known = (object: WebObject): WebObject => {
    const id = objectId(object);
    const found = objects.get(id) ?? object;
    objects.set(id, found);
    return found;
  };

  const run = (value: Value, path: string, depth: number, trail: Trail): readonly Thing[] => {
    if (depth > MAX_DEPTH || ++steps > MAX_STEPS) return [{ is: 'unknown', trail }];
    if (active.has(value)) return [];
    active.add(value);
    const things = resolve(value, path, depth, trail);
    active.delete(value);
    return things;
  };

  const evaluate = (value: Value, path: string): readonly Thing[] => {
    steps = 0;
    return run(value, path, 0, []);
  };

  const resolve = (value: Value, path: string, depth: number, trail: Trail): readonly Thing[] => {
    const facts = files.get(path);
    switch (value.is) {
      case 'import': {
        const target = resolveImport(path, value.module);
        if (target !== undefined) return exported(target, value.name, depth + 1, trail);
        const names = [...trail, value.name];
        if (value.module.startsWith('.')) return [{ is: 'unknown', trail: names }];
        const reference = value.name === '' ? value.module : `${value.module}#${value.name}`;
        return [{ is: 'package', reference, trail: names }];
      }
      case 'made': {
        const { kind, framework, at, args } = value;
        const object = known({ kind, framework, path, at, in: value.in, args });
        return [{ is: 'object', object, trail }];
      }
      case 'function':
        return [{ is: 'function', path, key: value.key, trail: [...trail, value.key] }];
      case 'class':
        return [{ is: 'class', path, key: value.key, trail: [...trail, value.key] }];
      case 'parameter':
        return of(path, value.key, value.index);
      case 'field':
        return (facts?.fields[value.key] ?? []).flatMap((one) => run(one, path, depth + 1, [...trail, value.key]));
      case 'call':
        return run(value.callee, path, depth + 1, trail).flatMap((callee) => result(callee, value, path, depth));
      case 'member':
        return run(value.of, path, depth + 1, trail).flatMap((thing) => member(thing, value.name, depth));
      case 'each':
        return run(value.of, path, depth + 1, trail);
      case 'under': {
        const prefix = constantText(run(value.path, path, depth + 1, [])) ?? NOT_CONSTANT;
        return run(value.of, path, depth + 1, trail).map((thing) =>
          thing.is === 'object' ? { ...thing, prefix: joinPaths(thing.prefix ?? '', prefix) } : thing,
        );
      }
      case 'list':
        return value.items.flatMap((item) => run(item, path, depth + 1, trail));
      case 'either':
        return value.of.flatMap((one) => run(one, path, depth + 1, trail));
      case 'object':
        return [{ is: 'members', path, members: value.members, trail }];
      case 'text':
        return [{ is: 'text', text: value.text, trail }];
      case 'unknown':
        return [{ is: 'unknown', trail: value.name === undefined ? trail : [...trail, value.name] }];
    }
  };

  const calledOn = (receivers: readonly Thing[], method: string): readonly Thing[] =>
    method === 'call'
      ? receivers
      : receivers.flatMap((receiver) => (receiver.is === 'object' ? [] : member(receiver, method, 0)));

  /** Lets what an operation calls know what it is given; a plugin is given what it is registered on. */
  const apply = (operation: Operation, path: string): void => {
    const { method, on, args } = operation;
    const receivers = evaluate(on, path);
    for (const callee of calledOn(receivers, method)) call(callee, args, path, 0);
    const objects = receivers.filter((thing) => thing.is === 'object');
    if (method === 'register') {
      for (const { function: fn, at } of pluggedIn(objects, operation, path, source, known)) {
        give(fn.path, fn.key, 0, [{ is: 'object', object: at, trail: [] }]);
      }
    }
    for (const arg of args) {
      const things = evaluate(arg, path);
      if (method !== 'group' && method !== 'after') continue;
      for (const thing of things) if (thing.is === 'function') give(thing.path, thing.key, 0, objects);
    }
  };

  const source: PluginSource = {
    files,
    evaluate,
    exportOf(path) {
      steps = 0;
      return exported(path, '', 0, []);
    },
  };

  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const [path, { operations, exports }] of files) {
      for (const operation of operations) apply(operation, path);
      if (round === 0) for (const value of Object.values(exports)) evaluate(value, path);
    }
    if (!takeChange()) break;
  }
  return {
    evaluate,
    knowsPlugins: (operation, path) => pluginsOf(operation, path, source) !== undefined,
    calledBy: ({ method, on }, path) => calledOn(evaluate(on, path), method),
    objects: [...objects]
      .sort(([one, a], [other, b]) =>
        a.path < b.path ? -1 : a.path > b.path ? 1 : a.at - b.at || (one < other ? -1 : 1),
      )
      .map(([, object]) => object),
  };
}
