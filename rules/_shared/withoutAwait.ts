import { ts, unwrap } from '#api';

/** Drops `await` around an expression, with parentheses and casts. */
export function withoutAwait(expression: ts.Node): ts.Node {
  let node = unwrap(expression);
  while (ts.isAwaitExpression(node)) node = unwrap(node.expression);
  return node;
}
