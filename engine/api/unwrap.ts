import { ts } from '../ts.ts';

/** Drops parentheses, `as`, `satisfies`, `<T>x` and `!` around an expression. */
export function unwrap(expression: ts.Node): ts.Node {
  let node = expression;
  while (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  ) {
    node = node.expression;
  }
  return node;
}
