import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';

/** Members that hold somebody who was checked before. */
const KNOWN = /^(?:user|session|auth|isAuthenticated|currentUser|account|locals|state|identity|socket|client)$/;

/**
 * Whether a function leaves the decision to somebody else: hands the request or all its headers on, looks at who was found out
 * before, or calls something by a name that tells of a check.
 */
export function isSomebodyAsked(fn: FunctionNode, check: RegExp, source: SourceView): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) {
      if (isHandedOn(node, source)) return true;
    } else if (ts.isPropertyAccessExpression(node)) {
      const isTarget = ts.isBinaryExpression(node.parent) && node.parent.left === node;
      if (KNOWN.test(node.name.text) && !isTarget) return true;
    } else if (ts.isCallExpression(node)) {
      if (check.test(calledName(node) ?? '') || isInherited(node) || takesContext(node, fn)) return true;
    } else if (ts.isNewExpression(node)) {
      const name = calledName(node) ?? '';
      if (check.test(name) && !/Error$|Exception$/.test(name)) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return fn.body !== undefined && visit(fn.body);
}

/** `super.canActivate(context)`: the class it extends decides. */
function isInherited({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && expression.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** The context of a guard of NestJS, handed to anything but what makes a request of it. */
function takesContext(call: ts.CallExpression, fn: FunctionNode): boolean {
  const context = fn.parameters[0]?.name.getText();
  if (!ts.isMethodDeclaration(fn) || calledName(call) === 'create') return false;
  return call.arguments.some((argument) => ts.isIdentifier(argument) && argument.text === context);
}

/** The request itself, or all its headers or cookies, where they are not read from. */
function isHandedOn(node: ts.Identifier, source: SourceView): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  const isRead = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
  if (isRead && !isWhole(parent)) return false;
  if (ts.isVariableDeclaration(parent)) return false;
  const declaration = source.lookup(node);
  if (declaration === undefined || declaration === parent) return false;
  const role = webRole(declaration, source)?.role;
  return role === 'request' || role === 'context';
}

function isWhole(access: ts.PropertyAccessExpression | ts.ElementAccessExpression): boolean {
  if (!ts.isPropertyAccessExpression(access) || !/^(?:headers|cookies)$/.test(access.name.text)) return false;
  const { parent } = access;
  if (ts.isVariableDeclaration(parent)) return !ts.isObjectBindingPattern(parent.name);
  return !ts.isPropertyAccessExpression(parent) && !ts.isElementAccessExpression(parent);
}
