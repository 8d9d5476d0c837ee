import { type FunctionNode, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** Functions whose callback runs when the transaction is over, or by itself. */
const LATER = /^(?:setTimeout|setImmediate|queueMicrotask|nextTick|defer|waitUntil|after\w*|on[A-Z]?\w*commit\w*)$/i;
/** Functions that run their callback before they return. */
const NOW = /^(?:map|forEach|flatMap|reduce|filter|some|every|find|findIndex|call|apply|from)$/;

const SAID = /outside|deliberate|intention|on purpose|(?:not|without).{0,30}transaction|survive|rollback|rolled back/i;

/** True for a query that nothing in the callback waits for, or that stands in a function that runs later. */
export function runsLater(call: ts.Node, callback: FunctionNode): boolean {
  for (let node = call; node !== callback && node.parent !== undefined; node = node.parent) {
    if (ts.isVoidExpression(node)) return true;
    const { parent } = node;
    if (!ts.isCallExpression(parent) || parent.expression === node) continue;
    const name = calledName(parent) ?? '';
    if (LATER.test(name)) return true;
    // `hooks.push(() => …)`, `emitter.on('saved', () => …)`: kept, and called by somebody else.
    if (isFunctionWithBody(node) && !NOW.test(name) && isDropped(parent)) return true;
  }
  return false;
}

function isDropped(call: ts.CallExpression): boolean {
  let { parent }: ts.Node = call;
  while (unwrap(parent) === call) parent = parent.parent;
  return ts.isExpressionStatement(parent);
}

/** True in a catch inside of the callback: what fails has already cost the transaction, and its client is of no more use. */
export function isAfterFailure(call: ts.Node, callback: FunctionNode): boolean {
  for (let node = call; node !== callback && node.parent !== undefined; node = node.parent) {
    if (ts.isCatchClause(node)) return true;
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression !== node && calledName(parent) === 'catch') return true;
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
