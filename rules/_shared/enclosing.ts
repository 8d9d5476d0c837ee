import { type FunctionNode, ts } from '#api';

/** The function a node runs in: the innermost one around it that has a body. */
export function enclosingFunction(node: ts.Node): FunctionNode | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (isFunctionWithBody(up)) return up;
  }
  return undefined;
}

/** A function, method, constructor or accessor with a body; signatures are none. */
export function isFunctionWithBody(node: ts.Node): node is FunctionNode {
  return (
    (ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isArrowFunction(node) ||
      ts.isMethodDeclaration(node) ||
      ts.isConstructorDeclaration(node) ||
      ts.isAccessor(node)) &&
    node.body !== undefined
  );
}
