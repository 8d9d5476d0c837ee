import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { isFunctionValue, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';
import { namesTopic } from './topics.ts';

/** Names of lists of those who get messages. */
const AUDIENCE = set(
  'client clients subscriber subscribers subscription subscriptions subs connection connections conns socket sockets ' +
    'listener listeners peer peers watcher watchers viewer viewers observer observers consumer consumers player players ' +
    'participants spectators handlers',
);
/** Chains are followed for so many calls. */
const MAX_STEPS = 6;

/** What is walked: a list of everybody, and the callbacks that it was filtered with on the way. */
export interface Audience {
  /** `wss.clients` of `Array.from(wss.clients.values()).filter(…)`. */
  readonly list: ts.Expression;
  readonly filters: readonly (ts.ArrowFunction | ts.FunctionExpression)[];
}

/** By syntax alone, the list of everybody that an expression walks; `undefined` for what was picked by a key before. */
export function audienceOf(expression: ts.Expression): Audience | undefined {
  const filters: Audience['filters'][number][] = [];
  let at = unwrap(expression);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const inner = innerList(at, filters);
    if (inner === undefined) break;
    at = unwrap(inner);
  }
  return isEverybody(at) ? { list: at as ts.Expression, filters } : undefined;
}

/** One step into `[...list]`, `Array.from(list)`, `Object.values(list)`, `list.values()` and `list.filter(…)`. */
function innerList(node: ts.Node, filters: Audience['filters'][number][]): ts.Expression | undefined {
  if (ts.isArrayLiteralExpression(node)) {
    const [only] = node.elements;
    return node.elements.length === 1 && only !== undefined && ts.isSpreadElement(only) ? only.expression : undefined;
  }
  const member = ts.isCallExpression(node) ? memberCall(node) : undefined;
  if (member === undefined || !ts.isCallExpression(node)) return undefined;
  const [argument] = node.arguments;
  if (/^(?:Array\.from|Object\.(?:values|entries))$/.test(node.expression.getText())) {
    return node.arguments.length === 1 ? argument : undefined;
  }
  if (argument === undefined) return /^(?:values|entries|toArray)$/.test(member.name) ? member.receiver : undefined;
  const callback = unwrap(argument);
  if (member.name !== 'filter' || !isFunctionWithBody(callback) || node.arguments.length > 1) return undefined;
  if (isFunctionValue(callback)) filters.push(callback);
  return member.receiver;
}

/** `clients`, `this.subscribers`, `wss.clients`, `getClients()`; what belongs to a room is no longer everybody. */
function isEverybody(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return isAudience(node.text);
  if (ts.isCallExpression(node)) {
    const member = memberCall(node);
    const name = member?.name ?? (ts.isIdentifier(node.expression) ? node.expression.text : '');
    return (
      node.arguments.length === 0 && /^(?:get|all|fetch)/.test(name) && isAudience(name) && !isOfTopic(member?.receiver)
    );
  }
  const member = ts.isPropertyAccessExpression(node) ? memberAccess(node) : undefined;
  return member !== undefined && isAudience(member.name) && !isOfTopic(member.receiver);
}

function isAudience(name: string): boolean {
  // Constants in capitals hold what stands in the source.
  return has(nameWords(name), AUDIENCE) && !namesTopic(name) && !/^[A-Z][A-Z0-9_]*$/.test(name);
}

/** `room.clients`, `rooms[id].clients`, `rooms.get(id).clients`. */
function isOfTopic(receiver: ts.Expression | undefined): boolean {
  if (receiver === undefined) return false;
  const node = unwrap(receiver);
  if (ts.isElementAccessExpression(node) || ts.isCallExpression(node)) return true;
  if (ts.isIdentifier(node)) return namesTopic(node.text);
  return ts.isPropertyAccessExpression(node) && (namesTopic(node.name.text) || isOfTopic(node.expression));
}
