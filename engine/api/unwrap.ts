import { kindSet } from '../kindSet.ts';
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

const K = ts.SyntaxKind;
/** Looked up rather than compared one after the other: rules unwrap nearly every expression there is. */
const WRAPPERS = kindSet(
  K.ParenthesizedExpression,
  K.AsExpression,
  K.SatisfiesExpression,
  K.NonNullExpression,
  K.TypeAssertionExpression,
);

function isWrapper(node: ts.Node): node is Wrapper {
  return WRAPPERS[node.kind] === 1;
}
