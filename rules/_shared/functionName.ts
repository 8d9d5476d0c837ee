import { type FunctionNode, ts } from '#api';

/** The name a function goes by: its own, or that of the variable, property or field that it is; empty when it has none. */
export function functionName(fn: FunctionNode): string {
  const { parent } = fn;
  const holder =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  const name = fn.name ?? (holder ? parent.name : undefined);
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isPrivateIdentifier(name))
    ? name.text
    : '';
}

/** The name a function is assigned to: `exports.load = () => …`, `User.prototype.load = function () {}`; empty otherwise. */
export function assignedName({ parent }: FunctionNode): string {
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return '';
  const { left } = parent;
  return ts.isPropertyAccessExpression(left) && left.getText() !== 'module.exports' ? left.name.text : '';
}
