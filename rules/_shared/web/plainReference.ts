import { ts } from '#api';

/** `x`, `this.x`, `req.query.next`: reading it twice is reading it once. */
export function isPlainReference(node: ts.Node): boolean {
  if (ts.isNonNullExpression(node)) return isPlainReference(node.expression);
  if (ts.isPropertyAccessExpression(node)) return isPlainReference(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return isPlainReference(node.expression) && ts.isStringLiteralLike(node.argumentExpression);
  }
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}
