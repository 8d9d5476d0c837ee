import type { Operation, Value } from './facts.ts';
import { NOT_CONSTANT } from './paths.ts';
import { constantText } from './pluginSource.ts';
import type { Thing, WebObject } from './things.ts';

type Evaluate = (value: Value, path: string) => readonly Thing[];

/** Methods whose first argument may be a path that another file holds. */
const TAKES_PATH = /^(?:use|all|route|mount|group)$/;
const PREFIXES = /^(?:prefix|setGlobalPrefix)$/;

/** The path of a registration, as far as all files together tell it; empty for one without. */
export function registeredPath(
  { path: told, where, args, method }: Operation,
  path: string,
  evaluate: Evaluate,
): string {
  if (where !== undefined) return constantText(evaluate(where, path)) ?? NOT_CONSTANT;
  if (told !== undefined) return told;
  const [first] = args.length > 1 && TAKES_PATH.test(method) ? args : PREFIXES.test(method) ? args : [];
  if (first === undefined) return '';
  return constantText(evaluate(first, path)) ?? (PREFIXES.test(method) ? NOT_CONSTANT : '');
}

/** What all paths of a router begin with: `new Router({ prefix: '/api' })`. */
export function ownPrefix({ args: [options], path, framework }: WebObject, evaluate: Evaluate): string {
  const [thing] = options === undefined || framework !== 'koa' ? [] : evaluate(options, path);
  const prefix = thing?.is === 'members' ? thing.members['prefix'] : undefined;
  if (prefix === undefined || thing?.is !== 'members') return '';
  return constantText(evaluate(prefix, thing.path)) ?? NOT_CONSTANT;
}
