import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** Functions whose callback runs when the transaction is over, or by itself. */
const LATER = /^(?:setTimeout|setImmediate|queueMicrotask|nextTick|defer|waitUntil|after\w*|on[A-Z]?\w*commit\w*)$/i;

const SAID = /outside|deliberate|intention|on purpose|(?:not|without).{0,30}transaction|survive|rollback|rolled back/i;

/** True for a query that nothing in the callback waits for, or that stands in a function that runs later. */
export function runsLater(call: ts.Node, callback: FunctionNode): boolean {
  for (let node = call; node !== callback && node.parent !== undefined; node = node.parent) {
    if (ts.isVoidExpression(node)) return true;
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression !== node && LATER.test(calledName(parent) ?? '')) return true;
  }
  return false;
}

/** True where a comment before the statement says that it is meant to be outside of the transaction. */
export function isSaidToBeOutside(call: ts.Node): boolean {
  let node = call;
  while (node.parent !== undefined && !ts.isBlock(node.parent) && !ts.isSourceFile(node.parent)) node = node.parent;
  const text = node.getSourceFile().text;
  return SAID.test(text.slice(node.pos, node.getStart()));
}
