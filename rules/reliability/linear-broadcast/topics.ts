import { ts, unwrap } from '#api';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { isEqual, isUnequal } from '../../_shared/operators.ts';
import { has, set } from '../../_shared/words.ts';

/** What messages are about, and whom they are for, where that is many. */
const TOPICS = set(
  'topic topics channel channels room rooms subject subjects event events lobby lobbies group groups game games symbol ' +
    'symbols stream streams conversation conversations chat chats board boards document documents doc docs project projects ' +
    'workspace workspaces tenant tenants org organization team teams',
);
/** Names of the topics that one subscriber has. */
const KEPT = set('subscription subscriptions subscribed subs interests joined');
const ASKS = /^(?:is)?_?subscribe[sd](?:To)?$|^(?:is)?[iI]n(?:Room|Channel|Group)$/i;

/** Whether a name is that of a topic: a room, a channel, a document. */
export function namesTopic(name: string): boolean {
  return has(nameWords(name), TOPICS);
}

/** Names of a walk's element and of what is made of it, and those among them that hold a topic. */
export interface ElementNames {
  readonly all: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
}

/**
 * The part of a condition that compares a topic of the element with another value, where the condition holds only if (or,
 * `negated`, fails whenever) the two fit: `client.room === room && client.isAlive`.
 */
export function topicTest(condition: ts.Expression, names: ElementNames, negated = false): ts.Expression | undefined {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return topicTest(node.operand, names, !negated);
  }
  if (ts.isCallExpression(node)) return negated ? undefined : askedTopic(node, names);
  if (ts.isElementAccessExpression(node)) {
    return !negated && isKept(node.expression, names) && !isOf(node.argumentExpression, names) ? node : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const joins = negated ? ts.SyntaxKind.BarBarToken : ts.SyntaxKind.AmpersandAmpersandToken;
  if (kind === joins) return topicTest(node.left, names, negated) ?? topicTest(node.right, names, negated);
  const equals = negated ? isUnequal(kind) : isEqual(kind);
  return equals ? comparedTopic(node, names) : undefined;
}

/** `client.room === room`, `room === client.room`, `topic === wanted` of a destructured element. */
function comparedTopic({ left, right }: ts.BinaryExpression, names: ElementNames): ts.Expression | undefined {
  if (isTopic(left, names)) return isOf(right, names) || isNothing(right) ? undefined : left;
  if (isTopic(right, names)) return isOf(left, names) || isNothing(left) ? undefined : right;
  return undefined;
}

/** `client.topics.has(topic)`, `client.rooms.includes(room)`, `client.isSubscribed(topic)`. */
function askedTopic(call: ts.CallExpression, names: ElementNames): ts.Expression | undefined {
  const member = memberCall(call);
  const [wanted] = call.arguments;
  if (member === undefined || wanted === undefined || isOf(wanted, names)) return undefined;
  if (member.name === 'has' || member.name === 'includes')
    return isKept(member.receiver, names) ? member.receiver : undefined;
  return ASKS.test(member.name) && isOf(member.receiver, names) ? call.expression : undefined;
}

function isTopic(expression: ts.Expression, names: ElementNames): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return names.topics.has(node.text);
  const member = memberAccess(node);
  if (member === undefined || !isOf(node, names)) return false;
  // Half of an identity: `room.id`.
  return namesTopic(member.name) || (member.name === 'id' && isTopic(member.receiver, names));
}

/** A collection of topics that belongs to the element. */
function isKept(expression: ts.Expression, names: ElementNames): boolean {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) return names.topics.has(node.text);
  const member = memberAccess(node);
  return member !== undefined && isOf(node, names) && (namesTopic(member.name) || has(nameWords(member.name), KEPT));
}

/** Whether an expression is the element, or a member of it. */
export function isOf(expression: ts.Node, names: ElementNames): boolean {
  let node = unwrap(expression);
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) node = unwrap(node.expression);
  return ts.isIdentifier(node) && names.all.has(node.text);
}

function isNothing(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return (
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined')
  );
}
