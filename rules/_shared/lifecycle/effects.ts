import { type FileHeader, type FunctionNode, ts, unwrap } from '#api';
import { enclosingFunction, isFunctionValue } from '../enclosing.ts';

/** Where an effect is told that it is over. */
export type CleanupStyle =
  /** The callback returns a function: React, Preact, Svelte's `onMount`. */
  | 'returned'
  /** A callback of its own is registered: Vue's `onUnmounted`, Solid's `onCleanup`. */
  | 'registered';

/** A callback that a frame runs when something is shown, and again when that changes. */
export interface Effect {
  readonly call: ts.CallExpression;
  readonly callback: ts.ArrowFunction | ts.FunctionExpression;
  readonly cleanup: CleanupStyle;
}

/** `module#export` of functions whose callback is an effect. Packages that re-export React's hooks are many: see below. */
const EFFECTS: ReadonlyMap<string, CleanupStyle> = new Map<string, CleanupStyle>([
  ...['react', 'preact/hooks', 'preact/compat', '@wordpress/element'].flatMap((module) =>
    ['useEffect', 'useLayoutEffect', 'useInsertionEffect'].map((name): [string, CleanupStyle] => [
      `${module}#${name}`,
      'returned',
    ]),
  ),
  ['svelte#onMount', 'returned'],
  ['vue#onMounted', 'registered'],
  ['vue#onActivated', 'registered'],
  ['solid-js#onMount', 'registered'],
  ['solid-js#createEffect', 'registered'],
]);

/** Functions whose callback runs when what surrounds them is over. */
const CLEANUPS =
  /^(?:vue#(?:on(?:Before)?Unmount(?:ed)?|onDeactivated|onScopeDispose|onWatcherCleanup)|solid-js#onCleanup|svelte#(?:onDestroy|beforeUpdate)|@vueuse\/core#tryOn(?:Before)?Unmount(?:ed)?|@vueuse\/core#tryOnScopeDispose)$/;

/** Reads a call as an effect; `undefined` for all others. */
export function effectOf(call: ts.CallExpression, header: FileHeader): Effect | undefined {
  const callee = unwrap(call.expression);
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : '';
  if (!/Effect$|^on(?:Mount(?:ed)?|Activated)$/.test(name)) return undefined;
  const cleanup = EFFECTS.get(header.resolve(callee) ?? '');
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (cleanup === undefined || callback === undefined) return undefined;
  return isFunctionValue(callback) ? { call, callback, cleanup } : undefined;
}

/** The effect whose callback is the function, if it is one. */
export function effectAround(fn: FunctionNode, header: FileHeader): Effect | undefined {
  let node: ts.Node = fn;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const effect = ts.isCallExpression(node.parent) ? effectOf(node.parent, header) : undefined;
  return effect?.callback === fn ? effect : undefined;
}

/** The innermost effect whose callback, or a function in it, holds the node. */
export function enclosingEffect(node: ts.Node, header: FileHeader): Effect | undefined {
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) {
    const effect = effectAround(fn, header);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

/** Whether a call registers a callback for the end: `onUnmounted(() => …)`. */
export function isCleanupRegistration(call: ts.CallExpression, header: FileHeader): boolean {
  const reference = header.resolve(call.expression);
  return reference !== undefined && CLEANUPS.test(reference);
}

/**
 * What an effect's callback returns to be called at its end: functions, or expressions that are expected to be one. Nested
 * functions' returns are theirs.
 */
export function returnedCleanups(callback: ts.ArrowFunction | ts.FunctionExpression): readonly ts.Expression[] {
  if (!ts.isBlock(callback.body)) return [callback.body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    else ts.forEachChild(node, visit);
  };
  visit(callback.body);
  return found;
}
