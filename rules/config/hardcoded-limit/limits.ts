import { ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';

/** A number that things are compared with, and what it limits. */
export interface Limit {
  readonly literal: ts.NumericLiteral;
  /** What is counted, as a name: `connections` for `this.connections.size`. */
  readonly counted: string;
}

const COUNTS = /^(?:size|length|count)$/;
const COUNTER =
  /(?:count|counter|total|active|pending|running|inflight|in_flight|size|num\w*|open|concurrent|attempts|connections|clients|sessions|sockets|jobs|workers|queued?|queue)$/i;
/** Names of what holds many. */
const COLLECTION = /(?:[^s]s|queue|list|pool|stack|backlog|pending|buffer|waiting|set|map)$/i;
/** Sizes of one text or value are validation, not capacity. */
const VALIDATED =
  /name|title|text|password|pass|message|content|description|email|username|args|argv|argument|parts|tokens?|params|code|slug|string|str|value|key|words?|comment|bio|label|path|url/i;

/** Reads the condition of an `if`: a count above a literal of at least two, also as one part of `||`. */
export function limitIn(condition: ts.Expression): Limit | undefined {
  const node = unwrap(condition);
  if (!ts.isBinaryExpression(node)) return undefined;
  const K = ts.SyntaxKind;
  switch (node.operatorToken.kind) {
    case K.BarBarToken:
    case K.AmpersandAmpersandToken:
      return limitIn(node.left) ?? limitIn(node.right);
    case K.GreaterThanToken:
    case K.GreaterThanEqualsToken:
      return limitOf(node.left, node.right);
    case K.LessThanToken:
    case K.LessThanEqualsToken:
      return limitOf(node.right, node.left);
    default:
      return undefined;
  }
}

function limitOf(counted: ts.Expression, literal: ts.Expression): Limit | undefined {
  const number = unwrap(literal);
  if (!ts.isNumericLiteral(number) || Number(number.text) < 2) return undefined;
  const name = countedName(unwrap(counted));
  return name === undefined || VALIDATED.test(name) ? undefined : { literal: number, counted: name.replace(/^#/, '') };
}

function countedName(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return COUNTER.test(node.text) ? node.text : undefined;
  const access = memberAccess(node);
  if (access === undefined) return undefined;
  if (!COUNTS.test(access.name)) return COUNTER.test(access.name) ? access.name : undefined;
  const owner = unwrap(access.receiver);
  const name = ts.isIdentifier(owner) ? owner.text : memberAccess(owner)?.name;
  // The length of one thing is something else: a text, what a function takes.
  return name !== undefined && (access.name === 'size' || COLLECTION.test(name)) ? name : undefined;
}
