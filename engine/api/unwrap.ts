import { ts } from '../ts.ts';

/** Drops parentheses, `as`, `satisfies`, `<T>x` and `!` around an expression. */
export function unwrap(expression: ts.Node): ts.Node {
  let node = expression;
  while (isWrapper(node)) node = node.expression;
  return node;
}

type Wrapper =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion;

/** One look at the kind: rules unwrap nearly every expression there is. */
function isWrapper(node: ts.Node): node is Wrapper {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
      return true;
    default:
      return false;
  }
}
