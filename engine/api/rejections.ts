import { ts } from '../ts.ts';
import type { FunctionNode } from './kinds.ts';
import { unwrap } from './unwrap.ts';

/** What makes the promise of an async function reject: a wait, a `for await`, or a `throw`. */
export type Rejection = ts.AwaitExpression | ts.ForOfStatement | ts.ThrowStatement;

/**
 * The first place by which the promise of an async function may reject: nothing inside the function catches what happens
 * there. Functions inside it are left out. What plain calls throw is not counted: nobody can tell from them.
 */
export function firstRejection({ body }: FunctionNode): Rejection | undefined {
  if (body === undefined) return undefined;
  const visit = (node: ts.Node): Rejection | undefined => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return undefined;
    if (ts.isTryStatement(node) && node.catchClause !== undefined) {
      return visit(node.catchClause.block) ?? (node.finallyBlock && visit(node.finallyBlock));
    }
    if (ts.isThrowStatement(node)) return node;
    if (ts.isAwaitExpression(node) && !isSettled(node.expression)) return node;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(body);
}

/**
 * Whether a function is async and its promise does not reject, as far as it shows: it catches what it awaits, and gives back
 * nothing that a call makes. A `types` check may ask this of functions declared elsewhere, and nothing else about their bodies.
 */
export function isCalm(fn: FunctionNode): boolean {
  return isAsync(fn) && firstRejection(fn) === undefined && !givesCallBack(fn);
}

/** `return save()`: what a call gives back may be a promise. In a `try` people mean to catch what it does. */
function givesCallBack({ body }: FunctionNode): boolean {
  const makes = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || ts.isFunctionLike(node)) return false;
    return ts.isCallExpression(node) || (ts.forEachChild(node, makes) ?? false);
  };
  const visit = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    if (ts.isTryStatement(node) && node.catchClause !== undefined) return visit(node.catchClause.block);
    if (ts.isReturnStatement(node)) return node.expression !== undefined && makes(node.expression);
    return ts.forEachChild(node, visit) ?? false;
  };
  return body !== undefined && (ts.isBlock(body) ? visit(body) : makes(body));
}

/** Whether a chain of promises ends in somebody who takes what goes wrong: `.catch(report)`, `.then(use, report)`. */
export function isHandled(expression: ts.Node): boolean {
  const node = unwrap(expression);
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const name = callee.name.text;
  if (name === 'catch') return node.arguments.length > 0;
  if (name === 'then' && node.arguments.length > 1) return true;
  return name === 'finally' && isHandled(callee.expression);
}

/** Whether a function is marked `async`. */
export function isAsync(fn: ts.Node): boolean {
  return ts.canHaveModifiers(fn) && fn.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
}

/** `Promise.allSettled(…)`, `work().catch(report)` and `new Promise((resolve) => setTimeout(resolve, 100))`. */
function isSettled(awaited: ts.Expression): boolean {
  const node = unwrap(awaited);
  if (ts.isNewExpression(node)) {
    const [executor] = node.arguments ?? [];
    return executor !== undefined && ts.isArrowFunction(executor) && executor.parameters.length === 1;
  }
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  return (ts.isPropertyAccessExpression(callee) && callee.name.text === 'allSettled') || isHandled(node);
}
