import { ts } from '#api';

/** `a || b`, `a ?? b`: the right side stands in for the left one. */
export function isFallback(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken;
}

/** `a && b`, `a || b`: both sides are conditions. */
export function isLogical(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken;
}

/** `===`, `==`. */
export function isEqual(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.EqualsEqualsEqualsToken || operator === ts.SyntaxKind.EqualsEqualsToken;
}

/** `!==`, `!=`. */
export function isUnequal(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.ExclamationEqualsEqualsToken || operator === ts.SyntaxKind.ExclamationEqualsToken;
}

/** Whether two values are held against each other: `===`, `!==`, `==`, `!=`. */
export function isComparison(operator: ts.SyntaxKind): boolean {
  return isEqual(operator) || isUnequal(operator);
}

/** `a + b`. */
export function isSum(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}
