import { type FunctionNode, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { parameterType } from './contextualType.ts';
import { refusesAnyResult } from './declaredReturn.ts';
import { typeReference } from './typeReference.ts';

const REGISTERS = new Set(['all', 'delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'route', 'use']);
const MAX_DEPTH = 6;

/** `x.get(…)` and the like with more than one argument, or one that is no plain text: it may register a route. */
export function mayBeRoute(call: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(call.expression) || !REGISTERS.has(call.expression.name.text)) return false;
  return call.arguments.some((argument) => !ts.isStringLiteralLike(argument));
}

/**
 * The functions of this file that calls pass to a route of Express: written in place, named, in arrays, behind wrappers
 * and `bind`, as members of classes and objects, or made by a function of this file.
 */
export function routeHandlers(calls: Iterable<ts.CallExpression>, source: SourceView): ReadonlySet<FunctionNode> {
  const handlers = new Set<FunctionNode>();
  for (const call of calls) {
    if (!ts.isPropertyAccessExpression(call.expression) || !isRouter(call.expression.expression, source, 0)) continue;
    for (const argument of call.arguments) {
      for (const fn of functionsIn(argument, source, 0)) if (takesResponse(fn)) handlers.add(fn);
    }
  }
  return handlers;
}

/** `(req, res, …)`, or `(err, req, res, next)`: callbacks of other things put their error first. */
function takesResponse(fn: FunctionNode): boolean {
  const names = fn.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
  return names.length === 4 || (names.length >= 2 && !/^_?e(?:rr(?:or)?)?$/i.test(names[0] ?? ''));
}

const importsExpress = (source: SourceView): boolean =>
  [...source.header.imports.values()].some(({ module }) => module === 'express');

/** An Express application or router, by what made it or by its type; by its name only where the file imports Express. */
function isRouter(expression: ts.Node, source: SourceView, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  const node = unwrap(expression);
  if (ts.isCallExpression(node)) {
    const made = source.header.resolve(node.expression);
    if (made !== undefined) return made === 'express' || made === 'express#Router';
    const callee = node.expression;
    return (
      ts.isPropertyAccessExpression(callee) &&
      REGISTERS.has(callee.name.text) &&
      isRouter(callee.expression, source, depth + 1)
    );
  }
  if (ts.isPropertyAccessExpression(node)) return isRouterName(node.name.text) && importsExpress(source);
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  if (declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration))) {
    const type = declaration.type === undefined ? undefined : typeReference(declaration.type, source.header);
    if (type !== undefined) return type.module === 'express' || type.module === 'express-serve-static-core';
    if (declaration.initializer !== undefined) return isRouter(declaration.initializer, source, depth + 1);
  }
  return isRouterName(node.text) && importsExpress(source);
}

function isRouterName(name: string): boolean {
  return /^_?(?:app|router|server|api|routes?)$|(?:App|Router|Routes|Server)$/.test(name);
}

/** The functions that an expression hands over when it is evaluated. */
function functionsIn(expression: ts.Node, source: SourceView, depth: number): readonly FunctionNode[] {
  if (depth > MAX_DEPTH) return [];
  const node = unwrap(expression);
  const inner = (at: ts.Node | undefined) => (at === undefined ? [] : functionsIn(at, source, depth + 1));
  if (isFunctionWithBody(node)) return [node];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isSpreadElement(node)) return inner(node.expression);
  if (ts.isConditionalExpression(node)) return [...inner(node.whenTrue), ...inner(node.whenFalse)];
  if (ts.isIdentifier(node)) return inner(initialValue(node, source));
  if (ts.isPropertyAccessExpression(node)) return inner(memberOf(node, source, depth));
  if (!ts.isCallExpression(node)) return [];
  if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'bind') {
    return inner(node.expression.expression);
  }
  // asyncHandler(fn) hands fn over; requireRole('admin') what the function of that name returns.
  const maker = ts.isIdentifier(node.expression) ? initialValue(node.expression, source) : undefined;
  const made = maker !== undefined && isFunctionWithBody(maker) ? returnedBy(maker).flatMap(inner) : [];
  const wrapped = node.arguments.filter((argument) => isTakenAsHandler(node, argument, source));
  return [...wrapped.flatMap(inner), ...made];
}

/** Wrappers whose own types take nothing but a handler of Express. */
const STRICT_WRAPPERS = new Set(['express-async-handler']);

/** Says that a wrapper refuses functions with a result. One that another file declares may take any, as most do. */
function isTakenAsHandler(call: ts.CallExpression, argument: ts.Expression, source: SourceView): boolean {
  const wrapper = source.header.resolve(call.expression);
  if (wrapper !== undefined && STRICT_WRAPPERS.has(wrapper)) return true;
  const type = parameterType(call, argument, source);
  return type !== undefined && refusesAnyResult(type, source);
}

/** The method or field that `this.create`, `controller.create`, `Controller.create` or `handlers.create` names. */
function memberOf(node: ts.PropertyAccessExpression, source: SourceView, depth: number): ts.Node | undefined {
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
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ts.findAncestor(node, ts.isClassLike);
  if (ts.isNewExpression(node)) return ownerOf(unwrap(node.expression), source, depth + 1);
  if (!ts.isIdentifier(node)) return undefined;
  const value = initialValue(node, source);
  return value === undefined ? undefined : ownerOf(unwrap(value), source, depth + 1);
}

/** What the `return` statements of a function give back, those of functions inside it left out. */
function returnedBy(fn: FunctionNode): readonly ts.Expression[] {
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
