import { ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { mentionsAny } from '../../_shared/mentions.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';
import { audienceOf } from './audience.ts';
import { type ElementNames, isOf, namesTopic, topicTest } from './topics.ts';

/** Everybody is walked, and those who want a message are picked on the way. */
export interface LinearBroadcast {
  /** What is walked. */
  readonly list: ts.Expression;
  /** The topic that each element is asked for. */
  readonly topic: ts.Expression;
}

/** Reads a loop, or a statement `list.forEach(…)`. */
export function linearBroadcast(node: ts.ForOfStatement | ts.ExpressionStatement): LinearBroadcast | undefined {
  const walk = ts.isForOfStatement(node) ? loop(node) : forEach(node);
  const audience = walk && audienceOf(walk.list);
  if (walk === undefined || audience === undefined) return undefined;
  for (const filter of audience.filters) {
    const topic = filteredTopic(filter);
    if (topic !== undefined && delivers(walk.body, elementNames(walk))) return { list: audience.list, topic };
  }
  const topic = pickedTopic(walk);
  return topic && { list: audience.list, topic };
}

interface Walk {
  readonly list: ts.Expression;
  readonly bindings: readonly ts.BindingName[];
  readonly body: ts.Node;
}

function loop({ initializer, expression, statement }: ts.ForOfStatement): Walk | undefined {
  const [declaration] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  return declaration && { list: expression, bindings: [declaration.name], body: statement };
}

function forEach({ expression }: ts.ExpressionStatement): Walk | undefined {
  const call = unwrap(expression);
  const member = ts.isCallExpression(call) ? memberCall(call) : undefined;
  if (member?.name !== 'forEach' || !ts.isCallExpression(call)) return undefined;
  const [argument] = call.arguments;
  const callback = argument && unwrap(argument);
  if (callback === undefined || !isFunctionWithBody(callback) || callback.body === undefined) return undefined;
  // Maps give the key as well.
  return {
    list: member.receiver,
    bindings: callback.parameters.slice(0, 2).map(({ name }) => name),
    body: callback.body,
  };
}

/** The names of an element, those of its parts, and of locals that are made of them. */
function elementNames({ bindings, body }: Pick<Walk, 'bindings' | 'body'>): ElementNames {
  const all = new Set<string>();
  const topics = new Set<string>();
  const add = (name: ts.BindingName, key?: string): void => {
    if (ts.isIdentifier(name)) {
      all.add(name.text);
      if (namesTopic(key ?? name.text)) topics.add(name.text);
      return;
    }
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) add(element.name, element.propertyName?.getText());
    }
  };
  for (const binding of bindings) add(binding);
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) return;
    const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
    // A message that names the element is none of it.
    const isPart = value !== undefined && !ts.isObjectLiteralExpression(unwrap(value)) && mentionsAny(value, all);
    if (ts.isVariableDeclaration(node) && isPart) add(node.name);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return { all, topics };
}

/** `filter((client) => client.room === room)`. */
function filteredTopic(filter: ts.ArrowFunction | ts.FunctionExpression): ts.Expression | undefined {
  const names = elementNames({ bindings: filter.parameters.slice(0, 1).map(({ name }) => name), body: filter.body });
  const [only] = ts.isBlock(filter.body) ? filter.body.statements : [];
  const answer = ts.isBlock(filter.body) ? only && ts.isReturnStatement(only) && only.expression : filter.body;
  return answer ? topicTest(answer as ts.Expression, names) : undefined;
}

/** `if (client.room === room) client.send(…)`, and `if (client.room !== room) continue;` before it. */
function pickedTopic(walk: Walk): ts.Expression | undefined {
  const names = elementNames(walk);
  if (!ts.isBlock(walk.body))
    return ts.isStatement(walk.body) ? topicOf(walk.body, [], names) : shortCircuit(walk.body, names);
  for (const [index, statement] of walk.body.statements.entries()) {
    const topic = topicOf(statement, walk.body.statements.slice(index + 1), names);
    if (topic !== undefined) return topic;
  }
  return undefined;
}

function topicOf(
  statement: ts.Statement,
  later: readonly ts.Statement[],
  names: ElementNames,
): ts.Expression | undefined {
  if (ts.isExpressionStatement(statement)) return shortCircuit(statement.expression, names);
  if (ts.isTryStatement(statement)) return amongStatements(statement.tryBlock.statements, names);
  if (!ts.isIfStatement(statement)) return undefined;
  const { expression, thenStatement, elseStatement } = statement;
  const picked = topicTest(expression, names);
  if (picked !== undefined) {
    return delivers(thenStatement, names) && !stops(thenStatement) && elseStatement === undefined ? picked : undefined;
  }
  if (skips(thenStatement)) {
    const skipped = topicTest(expression, names, true);
    if (skipped === undefined) return undefined;
    return later.some((other) => delivers(other, names)) && !later.some(stops) ? skipped : undefined;
  }
  // `if (client.readyState === OPEN) { if (client.room === room) … }`
  const inner = ts.isBlock(thenStatement) ? thenStatement.statements : [thenStatement];
  return amongStatements(inner, names);
}

function amongStatements(statements: readonly ts.Statement[], names: ElementNames): ts.Expression | undefined {
  for (const [index, statement] of statements.entries()) {
    const topic = topicOf(statement, statements.slice(index + 1), names);
    if (topic !== undefined) return topic;
  }
  return undefined;
}

/** `client.room === room && client.send(…)`. */
function shortCircuit(expression: ts.Node, names: ElementNames): ts.Expression | undefined {
  const node = unwrap(expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken)
    return undefined;
  return delivers(node.right, names) ? topicTest(node.left, names) : undefined;
}

const SENDS = set('send emit write push publish deliver notify enqueue dispatch post');
const CALLS = /^(?:callback|cb|fn|handler|handle|listener|next|onMessage|call|apply)$/;

/** Whether an element is sent something, or called. */
function delivers(root: ts.Node, names: ElementNames): boolean {
  const visit = (node: ts.Node): boolean => {
    if (isFunctionWithBody(node)) return false;
    if (ts.isCallExpression(node) && isDelivery(node, names)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(root);
}

function isDelivery(call: ts.CallExpression, names: ElementNames): boolean {
  const name = calledName(call) ?? '';
  if (isOf(call.expression, names)) return ts.isIdentifier(unwrap(call.expression)) || CALLS.test(name) || sends(name);
  return sends(name) && call.arguments.some((argument) => isOf(argument, names));
}

function sends(name: string): boolean {
  return has(nameWords(name).slice(0, 1), SENDS);
}

/** `continue` of a loop, `return` of a callback. */
function skips(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements[0] : statement;
  return last !== undefined && (ts.isContinueStatement(last) || ts.isReturnStatement(last));
}

/** The walk ends at the first that fits: one is looked for, not many. */
function stops(statement: ts.Statement): boolean {
  if (ts.isBreakStatement(statement) || ts.isReturnStatement(statement)) return true;
  return ts.isBlock(statement) && statement.statements.some(stops);
}
