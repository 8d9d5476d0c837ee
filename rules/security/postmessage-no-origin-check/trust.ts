import { type FunctionNode, ts } from '#api';
import { calledName, memberAccess, memberCall, propertyKey } from '../../_shared/calls.ts';
import { withWrappers } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { functionBehind } from './listeners.ts';

/**
 * What a handler does with its message: it uses what the message holds, or asks only which of some constants it is, without
 * looking where it came from. `undefined` when it looks, or when nobody can tell.
 */
export type Trust = 'used' | 'signal' | undefined;

interface Seen {
  readonly source: SourceView;
  readonly visited: Set<ts.Node>;
  used: boolean;
  compared: boolean;
  /** The sender is looked at, or the event goes somewhere that cannot be seen. */
  excused: boolean;
}

/** Functions by which a message proves itself, whoever sends it. */
const PROOF = /verif|signature|hmac|origin|trusted/i;

/** How far an event is followed from function to function. */
const MAX_FUNCTIONS = 8;

export function trustOf(handler: FunctionNode, source: SourceView): Trust {
  const seen: Seen = { source, visited: new Set(), used: false, compared: false, excused: false };
  follow(handler, 0, seen);
  if (seen.excused) return undefined;
  if (seen.used) return 'used';
  return seen.compared ? 'signal' : undefined;
}

function follow(fn: FunctionNode, index: number, seen: Seen): void {
  if (seen.visited.has(fn)) return;
  seen.visited.add(fn);
  const parameter = fn.parameters[index];
  if (seen.visited.size > MAX_FUNCTIONS || parameter?.dotDotDotToken !== undefined) seen.excused = true;
  if (parameter === undefined || fn.body === undefined || seen.excused) return;
  if (ts.isIdentifier(parameter.name)) eachUse(fn.body, parameter, seen, (use) => useOfEvent(use, seen));
  else taken(parameter.name, fn.body, seen);
}

/** Calls back for every place that reads what a parameter or an element of a pattern holds. */
function eachUse(
  root: ts.Node,
  of: ts.ParameterDeclaration | ts.BindingElement,
  { source }: Seen,
  use: (identifier: ts.Identifier) => void,
): void {
  const name = of.name.getText();
  const visit = (node: ts.Node): void => {
    if (!ts.isIdentifier(node)) ts.forEachChild(node, visit);
    else if (node.text === name && isRead(node) && source.lookup(node) === of) use(node);
  };
  visit(root);
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const isDeclared =
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isBindingElement(parent);
  return !isDeclared || parent.initializer === node;
}

/** One mention of the event itself. */
function useOfEvent(event: ts.Identifier, seen: Seen): void {
  const outer = withWrappers(event);
  const { parent } = outer;
  const member = memberAccess(parent);
  if (member !== undefined && member.receiver === outer) {
    if (member.name === 'data') useOfData(parent, seen);
    if (member.name === 'origin' || member.name === 'source') useOfSender(parent, member.name, seen);
    if (/^(?:originalEvent|nativeEvent)$/.test(member.name)) seen.excused = true;
    return;
  }
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer && !ts.isIdentifier(parent.name)) {
    const block = ts.findAncestor(parent, ts.isBlock);
    if (block !== undefined) taken(parent.name, block, seen);
    return;
  }
  if (ts.isCallExpression(parent) && parent.expression !== outer) {
    if (isLog(parent)) return;
    const next = functionBehind(parent.expression, seen.source);
    if (next !== undefined) follow(next, parent.arguments.indexOf(outer as ts.Expression), seen);
    else seen.excused = true;
    return;
  }
  // `if (!event) return`
  if (!ts.isPrefixUnaryExpression(parent) && !ts.isIfStatement(parent)) seen.excused = true;
}

/** `{ data, origin }` of an event, wherever their names occur. */
function taken(pattern: ts.BindingPattern, body: ts.Node, seen: Seen): void {
  for (const element of pattern.elements) {
    if (!ts.isBindingElement(element)) continue;
    if (element.dotDotDotToken !== undefined) seen.excused = true;
    const key = element.propertyName === undefined ? element.name.getText() : propertyKey(element.propertyName);
    if (key !== 'data' && key !== 'origin' && key !== 'source') continue;
    if (!ts.isIdentifier(element.name)) {
      if (key === 'data') seen.used = true;
      continue;
    }
    eachUse(body, element, seen, (use) => (key === 'data' ? useOfData(use, seen) : useOfSender(use, key, seen)));
  }
}

/** A log of the sender, and an answer to it, are no check. */
function useOfSender(read: ts.Node, name: 'origin' | 'source', seen: Seen): void {
  const { parent } = withWrappers(read);
  if (name === 'source' && memberAccess(parent)?.name === 'postMessage') return;
  if (isLogged(read)) return;
  const call = ts.findAncestor(read, ts.isCallExpression);
  if (call !== undefined && calledName(call) === 'postMessage' && isArgument(read, call)) return;
  seen.excused = true;
}

function isArgument(node: ts.Node, call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => argument.pos <= node.pos && node.end <= argument.end);
}

function useOfData(read: ts.Node, seen: Seen): void {
  let outer = withWrappers(read);
  while (memberAccess(outer.parent)?.receiver === outer) outer = withWrappers(outer.parent);
  const { parent } = outer;
  if (isLogged(outer) || isShown(outer)) return;
  const call = ts.findAncestor(outer, ts.isCallExpression);
  if (call !== undefined && isArgument(outer, call) && PROOF.test(calledName(call) ?? '')) seen.excused = true;
  if (isQuestion(parent, outer)) seen.compared = true;
  else seen.used = true;
}

/** `data.type === 'ready'`, `typeof data`, `!data`, `switch (data.type)`, `data && …` */
function isQuestion(parent: ts.Node, node: ts.Node): boolean {
  if (ts.isTypeOfExpression(parent) || ts.isPrefixUnaryExpression(parent) || ts.isIfStatement(parent)) return true;
  if (ts.isSwitchStatement(parent)) return true;
  if (!ts.isBinaryExpression(parent)) return false;
  const operator = parent.operatorToken.getText();
  if (operator === '&&' || operator === '||') return parent.left === node;
  return /^(?:[!=]==?|in|instanceof)$/.test(operator);
}

/** `console.log(event.data)`, `console.log('got', JSON.stringify(event.data))` */
function isLogged(node: ts.Node): boolean {
  for (let up = node.parent; up !== undefined && !ts.isStatement(up); up = up.parent) {
    if (ts.isFunctionLike(up)) return false;
    if (ts.isCallExpression(up) && isLog(up) && isArgument(node, up)) return true;
  }
  return false;
}

/** `JSON.stringify(event.data)`: somebody is shown the message as it is, unless that becomes markup. */
function isShown(data: ts.Node): boolean {
  const { parent } = data;
  if (!ts.isCallExpression(parent) || calledName(parent) !== 'stringify' || parent.arguments[0] !== data) return false;
  const statement = ts.findAncestor(parent, ts.isStatement);
  return statement !== undefined && !/innerHTML|outerHTML|insertAdjacentHTML|postMessage/.test(statement.getText());
}

function isLog(call: ts.CallExpression): boolean {
  const receiver = memberCall(call)?.receiver.getText() ?? '';
  return /(?:^|\.)(?:console|log|logger)$/i.test(receiver) || /^(?:log|debug)$/.test(calledName(call) ?? '');
}
