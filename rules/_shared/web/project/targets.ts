import { ts } from '#api';

/** `module.exports`, `exports.x`. */
export function isExportsTarget(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false;
  const { expression, name } = node;
  if (ts.isIdentifier(expression)) {
    return (expression.text === 'module' && name.text === 'exports') || expression.text === 'exports';
  }
  return ts.isPropertyAccessExpression(expression) && isExportsTarget(expression);
}

/** `x` of `this.x`. */
export function thisMember(node: ts.Node): string | undefined {
  const isMember = ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isMember ? node.name.text : undefined;
}
