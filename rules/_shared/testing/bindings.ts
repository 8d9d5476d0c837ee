import { ts } from '#api';
import type { Binding } from './uses.ts';

/** Nobody looks at the value of the call. */
export function isDropped(call: ts.Node): boolean {
  const user = userOf(call);
  // `(resolve) => server.listen(0, resolve)`: the value of the arrow is not looked at.
  return ts.isExpressionStatement(user) || (ts.isArrowFunction(user) && user.parameters.length > 0);
}

/** The value of the call goes somewhere else than a variable: returned, an argument, an element. */
export function isHandedOn(call: ts.Node): boolean {
  const user = userOf(call);
  return !isDropped(call) && !ts.isVariableDeclaration(user) && !ts.isBinaryExpression(user);
}

function userOf(call: ts.Node): ts.Node {
  let { parent } = call;
  while (ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    parent = parent.parent;
  }
  return parent;
}

/** Whether a variable closes what it holds when its block ends: `using`, `await using`. */
export function isUsing(binding: Binding | undefined): boolean {
  if (binding === undefined || typeof binding === 'string' || !ts.isVariableDeclaration(binding)) return false;
  return (ts.getCombinedNodeFlags(binding) & ts.NodeFlags.Using) !== 0;
}

/** The name of what holds a server; empty when nothing does. */
export function nameOf(binding: Binding | undefined): string {
  if (binding === undefined) return '';
  if (typeof binding === 'string') return binding;
  const { name } = binding as ts.NamedDeclaration;
  return name !== undefined && ts.isIdentifier(name) ? name.text : '';
}
