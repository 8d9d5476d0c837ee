import { type FunctionNode, ts, unwrap } from '#api';

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

/** The outermost function around a node: a method, or what is declared at the top of the file or handed to a call there. */
export function outermostFunction(node: ts.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let fn = enclosingFunction(node); fn !== undefined; fn = enclosingFunction(fn)) found = fn;
  return found;
}

/** A function that is written where its value is used: `() => …`, `function () { … }`. */
export type FunctionValue = ts.ArrowFunction | ts.FunctionExpression;

/** Whether a node is a function that is written where its value is used. */
export function isFunctionValue(node: ts.Node): node is FunctionValue {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

/** An expression with the parentheses, casts and `!` around it: what its parent sees. */
export function withWrappers(expression: ts.Node): ts.Node {
  let outer = expression;
  while (outer.parent !== undefined && unwrap(outer.parent) !== outer.parent) outer = outer.parent;
  return outer;
}

/** Whether a node stands in another one, or is it. */
export function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}
