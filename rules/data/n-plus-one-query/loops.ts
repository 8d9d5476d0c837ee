import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { DATA_METHODS } from '../../_shared/data/dataCalls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { boundNames } from '../../_shared/mentions.ts';
import { hasModifier } from '../../_shared/modifiers.ts';

/** Something that runs once for each element of a list. */
export interface Loop {
  readonly node: ts.Node;
  /** What is gone through. */
  readonly list: ts.Expression;
  /** How the element is declared. */
  readonly element: ts.BindingName;
  /** Names that each round gives another value: the element, its parts, the index. */
  readonly names: ReadonlySet<string>;
  readonly body: ts.Node;
  /** True where a callback runs for all elements before the first of them waits. */
  readonly together: boolean;
}

/** A loop, or a call that runs a callback for each element of a list. */
export type LoopNode = ts.ForOfStatement | ts.ForInStatement | ts.ForStatement | ts.CallExpression;

/** Methods of lists that run a callback for each element. */
export const WALKS: ReadonlySet<string> = new Set(['map', 'flatMap', 'forEach']);

/** By syntax alone, whether rounds of a loop may ask a database for something. */
export function mayAsk(node: LoopNode): boolean {
  if (!ts.isCallExpression(node)) return (node.flags & ts.NodeFlags.AwaitContext) !== 0 && asks(node.statement);
  const name = calledName(node);
  if (name === undefined || !WALKS.has(name)) return false;
  const callback = callbackOf(node);
  if (callback?.body === undefined || callback.parameters.length === 0) return false;
  return (isAsync(callback) || (ts.isArrowFunction(callback) && isCallLike(callback.body))) && asks(callback.body);
}

/** Whether anything in a round is waited for, or called like a query. */
function asks(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isTaggedTemplateExpression(node)) return true;
  if (ts.isCallExpression(node) && DATA_METHODS.has(calledName(node) ?? '')) return true;
  return ts.forEachChild(node, (child) => asks(child) || undefined) === true;
}

/** Reads a loop over a list; `undefined` for those that count, wait for a condition, or go through a stream. */
export function loopOf(node: LoopNode): Loop | undefined {
  if (ts.isCallExpression(node)) return walkOf(node);
  if (ts.isForStatement(node)) return indexLoop(node);
  const { initializer } = node;
  const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  if (declaration === undefined || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return undefined;
  const names = boundNames(declaration.name);
  return { node, list: node.expression, element: declaration.name, names, body: node.statement, together: false };
}

function walkOf(node: ts.CallExpression): Loop | undefined {
  const callback = callbackOf(node);
  const list = memberCall(node)?.receiver;
  const element = callback?.parameters[0];
  if (callback?.body === undefined || list === undefined || element === undefined) return undefined;
  if (!isAsync(callback) && !isWaitedFor(node)) return undefined;
  return { node, list, element: element.name, names: boundNames(element.name), body: callback.body, together: true };
}

/** `for (let i = 0; i < users.length; i++)`. */
function indexLoop(node: ts.ForStatement): Loop | undefined {
  const { initializer, condition } = node;
  const [declaration] =
    initializer !== undefined && ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  if (declaration === undefined || !ts.isIdentifier(declaration.name) || condition === undefined) return undefined;
  const test = unwrap(condition);
  if (!ts.isBinaryExpression(test)) return undefined;
  const end = unwrap(test.right);
  if (!ts.isPropertyAccessExpression(end) || end.name.text !== 'length') return undefined;
  const names = new Set([declaration.name.text]);
  return { node, list: end.expression, element: declaration.name, names, body: node.statement, together: false };
}

/** `Promise.all(ids.map(…))`; `$transaction(ids.map(…))` sends all of them in one go. */
function isWaitedFor(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isSpreadElement(parent) || ts.isArrayLiteralExpression(parent)) {
    return isWaitedFor(parent);
  }
  return ts.isCallExpression(parent) && /^Promise\.(?:all|allSettled)$/.test(parent.expression.getText());
}

/** A function that runs as part of the round: one of the callbacks that walk another list. */
export function runsInRound(fn: ts.Node): boolean {
  const { parent } = fn;
  return ts.isCallExpression(parent) && parent.expression !== fn && WALKS.has(calledName(parent) ?? '');
}

function callbackOf(node: ts.CallExpression): FunctionNode | undefined {
  const argument = node.arguments[0];
  const callback = argument && unwrap(argument);
  return callback !== undefined && isFunctionWithBody(callback) ? callback : undefined;
}

function isAsync(fn: FunctionNode): boolean {
  return hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}

function isCallLike(node: ts.Node): boolean {
  const value = unwrap(node);
  return ts.isCallExpression(value) || ts.isTaggedTemplateExpression(value);
}
