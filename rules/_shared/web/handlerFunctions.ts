import { type FunctionNode, ts, unwrap } from '#api';
import { classAround } from '../classAround.ts';
import { isFunctionWithBody } from '../enclosing.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';

/** How far names, wrappers and owners are followed. */
const MAX_DEPTH = 6;

/** Says that a wrapper calls what it is given in this argument as a handler. */
export type Follows = (wrapper: ts.CallExpression, argument: ts.Expression) => boolean;

/**
 * The functions of this file that an expression hands over when it is evaluated: written in place, named, in arrays, behind
 * wrappers and `bind`, as members of classes and objects, or made by a function of this file.
 */
export function handlerFunctions(
  expression: ts.Node | undefined,
  source: SourceView,
  follows: Follows = () => true,
  depth = 0,
): readonly FunctionNode[] {
  if (expression === undefined || depth > MAX_DEPTH) return [];
  const node = unwrap(expression);
  const inner = (at: ts.Node | undefined) => handlerFunctions(at, source, follows, depth + 1);
  if (isFunctionWithBody(node)) return [node];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isSpreadElement(node)) return inner(node.expression);
  if (ts.isConditionalExpression(node)) return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  if (ts.isIdentifier(node)) return inner(initialValue(node, source));
  if (ts.isPropertyAccessExpression(node)) return inner(memberNamed(node, source, depth));
  if (!ts.isCallExpression(node)) return [];
  if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'bind') {
    return inner(node.expression.expression);
  }
  // asyncHandler(fn) hands fn over; requireRole('admin') what the function of that name returns.
  const maker = ts.isIdentifier(node.expression) ? initialValue(node.expression, source) : undefined;
  const made = maker !== undefined && isFunctionWithBody(maker) ? returnedBy(maker).flatMap(inner) : [];
  return [...node.arguments.filter((argument) => follows(node, argument)).flatMap(inner), ...made];
}

/** The method or field that `this.create`, `controller.create`, `Controller.create` or `handlers.create` names. */
function memberNamed(node: ts.PropertyAccessExpression, source: SourceView, depth: number): ts.Node | undefined {
  const owner = ownerOf(unwrap(node.expression), source, depth);
  if (owner === undefined) return undefined;
  const members: readonly ts.Declaration[] = ts.isClassLike(owner) ? owner.members : owner.properties;
  const member = members.find((other) => {
    const name = ts.getNameOfDeclaration(other);
    return name !== undefined && ts.isIdentifier(name) && name.text === node.name.text;
  });
  if (member === undefined) return undefined;
  return ts.isPropertyDeclaration(member) || ts.isPropertyAssignment(member) ? member.initializer : member;
}

function ownerOf(
  node: ts.Node,
  source: SourceView,
  depth: number,
): ts.ClassLikeDeclaration | ts.ObjectLiteralExpression | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (ts.isClassLike(node) || ts.isObjectLiteralExpression(node)) return node;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return classAround(node, source);
  if (ts.isNewExpression(node)) return ownerOf(unwrap(node.expression), source, depth + 1);
  if (!ts.isIdentifier(node)) return undefined;
  const value = initialValue(node, source);
  return value === undefined ? undefined : ownerOf(unwrap(value), source, depth + 1);
}

/** What the `return` statements of a function give back, those of functions inside it left out. */
export function returnedBy(fn: FunctionNode): readonly ts.Expression[] {
  if (fn.body === undefined) return [];
  if (!ts.isBlock(fn.body)) return [fn.body];
  const returned: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) returned.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(fn.body);
  return returned;
}
