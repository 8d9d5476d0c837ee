import { ts, unwrap } from '#api';
import { memberAccess } from './calls.ts';
import { enclosingFunction, isFunctionWithBody } from './enclosing.ts';
import { initialValue } from './initialValue.ts';
import type { SourceView } from './sourceView.ts';

/**
 * Whether code stands in a branch that a constant switches off: `if (false)`, `if (3 > 5)`, or `if (flags.write)` of
 * `const flags = { write: false }`. Looks up to the function that is a member of a class, no further.
 */
export function isSwitchedOff(node: ts.Node, source: SourceView): boolean {
  for (let at = node; at.parent !== undefined && !ts.isClassElement(at); at = at.parent) {
    const { parent } = at;
    if (!ts.isIfStatement(parent) || parent.expression === at) continue;
    if (truthOf(parent.expression, source) === (parent.elseStatement === at)) return true;
  }
  return false;
}

/** What a condition is for certain. */
function truthOf(condition: ts.Expression, source: SourceView): boolean | undefined {
  const node = unwrap(condition);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isBinaryExpression(node)) return compared(node);
  const member = memberAccess(node);
  const owner = member && unwrap(member.receiver);
  if (member === undefined || owner === undefined || !ts.isIdentifier(owner)) return undefined;
  const value = initialValue(owner, source);
  if (value === undefined || !ts.isObjectLiteralExpression(value) || !isOnlyRead(owner, value)) return undefined;
  const given = value.properties.find((property) => property.name?.getText() === member.name);
  const says = given !== undefined && ts.isPropertyAssignment(given) ? unwrap(given.initializer).kind : undefined;
  if (says === ts.SyntaxKind.FalseKeyword) return false;
  return says === ts.SyntaxKind.TrueKeyword ? true : undefined;
}

function compared({ left, operatorToken, right }: ts.BinaryExpression): boolean | undefined {
  const [one, other] = [numberIn(left), numberIn(right)];
  if (one === undefined || other === undefined) return undefined;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.GreaterThanToken:
      return one > other;
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return one >= other;
    case ts.SyntaxKind.LessThanToken:
      return one < other;
    case ts.SyntaxKind.LessThanEqualsToken:
      return one <= other;
    default:
      return undefined;
  }
}

function numberIn(expression: ts.Expression): number | undefined {
  const node = unwrap(expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  const isMinus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isMinus && ts.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}

/** Whether a local object is declared in the same function, and nothing is done with it but reading its members. */
function isOnlyRead(name: ts.Identifier, value: ts.ObjectLiteralExpression): boolean {
  const scope = enclosingFunction(value);
  if (scope?.body === undefined || scope !== functionWith(name, scope)) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === name.text && !isRead(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return !visit(scope.body);
}

/** The outer function where it is one that a name stands in. */
function functionWith(name: ts.Node, outer: ts.Node): ts.Node | undefined {
  return ts.findAncestor(name, (node) => node === outer && isFunctionWithBody(node));
}

/** `flags.write` where its value is asked for, or the declaration. */
function isRead(name: ts.Identifier): boolean {
  const access = name.parent;
  if (ts.isVariableDeclaration(access) && access.name === name) return true;
  if (!ts.isPropertyAccessExpression(access)) return false;
  if (access.name === name) return true;
  const use = access.parent;
  if (ts.isBinaryExpression(use) && use.left === access) return !/=$/.test(use.operatorToken.getText());
  return !ts.isCallExpression(use) && !ts.isDeleteExpression(use) && !ts.isPostfixUnaryExpression(use);
}
