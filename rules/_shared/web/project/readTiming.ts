import { ts } from '#api';
import { hasModifier } from '../../modifiers.ts';
import type { Operation } from './facts.ts';

/** When an operation runs, seen from the function it stands in. */
export type Timing = Pick<Operation, 'awaits' | 'callback' | 'flow'>;

/** Methods of lists that call back before they return. */
const AT_ONCE = /^(?:forEach|map|flatMap|filter|reduce|some|every|find)$/;
/** Methods of promises that call back when all else is done. */
const LATER = /^(?:then|catch|finally)$/;

/** Reads when operations of one file run. */
export interface TimingReader {
  of(node: ts.CallExpression | ts.NewExpression): Timing;
}

/** @param isNamed whether a function is known by a name, and its operations by its key */
export function timingReader(isNamed: (fn: ts.Node) => boolean): TimingReader {
  const callbacks = new Map<ts.Node, number>();
  const waits = new Map<ts.Node, readonly number[]>();

  const awaitsIn = (fn: ts.Node): readonly number[] => {
    const known = waits.get(fn);
    if (known !== undefined) return known;
    const ends: number[] = [];
    const visit = (node: ts.Node): void => {
      if (node !== fn && ts.isFunctionLike(node)) return;
      if (ts.isAwaitExpression(node)) ends.push(node.end);
      else if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ends.push(node.expression.end);
      ts.forEachChild(node, visit);
    };
    if (mayWait(fn)) visit(fn);
    waits.set(fn, ends);
    return ends;
  };

  return {
    of(node) {
      const flow = flowOf(node);
      let callback: Operation['callback'];
      let fn: ts.Node = node.parent;
      let awaits = 0;
      for (; ; fn = fn.parent) {
        if (!ts.isFunctionLike(fn) && !ts.isSourceFile(fn)) continue;
        // The call goes on before what it waits for itself.
        if (callback === undefined) awaits = awaitsIn(fn).filter((end) => end < node.end).length;
        if (ts.isSourceFile(fn) || isNamed(fn)) break;
        const called = calledWhen(fn, awaits > 0);
        if (called === 'at once' || callback !== undefined) continue;
        const id = callbacks.get(fn) ?? callbacks.size + 1;
        callbacks.set(fn, id);
        callback = { id, isLater: called === 'later' };
      }
      return {
        ...(awaits > 0 && { awaits }),
        ...(callback !== undefined && { callback }),
        ...(flow !== undefined && { flow }),
      };
    },
  };
}

function mayWait(fn: ts.Node): boolean {
  if (ts.isSourceFile(fn)) return fn.text.includes('await ');
  return hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}

/** When a function without a name runs. */
function calledWhen(fn: ts.Node, hasWaited: boolean): 'at once' | 'later' | 'unknown' {
  let inner = fn;
  while (ts.isParenthesizedExpression(inner.parent)) inner = inner.parent;
  const call = inner.parent;
  if (!ts.isCallExpression(call)) return 'unknown';
  if (call.expression === inner) {
    // `(async () => { … })()` runs by itself from its first `await` on.
    return !hasWaited || flowOf(call) === 'awaited' ? 'at once' : flowOf(call) === 'detached' ? 'later' : 'unknown';
  }
  if (!ts.isPropertyAccessExpression(call.expression)) return 'unknown';
  const method = call.expression.name.text;
  if (LATER.test(method)) return 'later';
  return AT_ONCE.test(method) && call.arguments[0] === inner && !hasWaited ? 'at once' : 'unknown';
}

/** Whether somebody waits for what a call does, or it stands by itself. */
function flowOf(node: ts.Node): Operation['flow'] {
  let inner = node;
  for (let { parent } = node; ; inner = parent, parent = parent.parent) {
    if (ts.isAwaitExpression(parent) || ts.isReturnStatement(parent)) return 'awaited';
    if (ts.isArrowFunction(parent)) return parent.body === inner ? 'awaited' : undefined;
    if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return 'detached';
    const isChain =
      ts.isParenthesizedExpression(parent) ||
      (ts.isPropertyAccessExpression(parent) && LATER.test(parent.name.text)) ||
      (ts.isCallExpression(parent) && parent.expression === inner && ts.isPropertyAccessExpression(inner));
    if (!isChain) return undefined;
  }
}
