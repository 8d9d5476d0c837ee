import { type FunctionNode, isAsync, isCalm, isHandled, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { isFallback, isLogical } from '../../_shared/operators.ts';

/** A call or `new` whose value a statement drops. */
export type Dropped = ts.CallExpression | ts.NewExpression;

/** The calls of a statement whose value nobody takes: all of `a()`, `ready && b()`, `ready ? a() : b()`. */
export function droppedCalls(statement: ts.ExpressionStatement): readonly Dropped[] {
  const found: Dropped[] = [];
  const visit = (expression: ts.Node): void => {
    const node = unwrap(expression);
    if (ts.isConditionalExpression(node)) {
      visit(node.whenTrue);
      visit(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      if (isShortCircuit(node.operatorToken.kind)) visit(node.right);
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      found.push(node);
    }
  };
  visit(statement.expression);
  return found;
}

function isShortCircuit(operator: ts.SyntaxKind): boolean {
  return isLogical(operator) || isFallback(operator);
}

/** What is underlined: the name that is called, or all of it where it has none. */
export function placeOf(node: Dropped): ts.Node {
  return (ts.isCallExpression(node) ? memberCall(node)?.place : undefined) ?? node.expression;
}

/** How people speak of what is called. */
export function nameOf(node: Dropped): string {
  if (ts.isNewExpression(node)) return `new ${calledName(node) ?? 'Promise'}`;
  return calledName(node) ?? 'this function';
}

/** Whether nothing can be lost with the promise of a call: somebody takes its errors, or the code called catches its own. */
export function isSafeToDrop(node: Dropped): boolean {
  if (isHandled(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (isFunctionValue(callee)) return isCalm(callee);
  // `Promise.all(list.map(async (item) => { try … catch … }))`
  const [all] = node.arguments;
  const name = calledName(node);
  if (name === 'allSettled') return true;
  return name === 'all' && all !== undefined && ts.isCallExpression(all) && catchesItsOwn(all);
}

/** The async function that `list.forEach(async …)` is given, when it may reject. */
export function asyncCallback(node: Dropped): FunctionNode | undefined {
  const [given] = node.arguments ?? [];
  const callback = given && unwrap(given);
  if (callback === undefined || !isFunctionValue(callback) || !isAsync(callback)) return undefined;
  return isCalm(callback) ? undefined : callback;
}

/** `list.map(async (item) => { try … catch … })`, `list.map((item) => save(item).catch(report))`. */
export function catchesItsOwn(node: Dropped): boolean {
  const [given] = node.arguments ?? [];
  const callback = given && unwrap(given);
  if (callback === undefined || !isFunctionValue(callback)) return false;
  if (!ts.isBlock(callback.body)) return isHandled(callback.body);
  return isCalm(callback);
}
