import { ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { nameWords } from '../../_shared/nameWords.ts';

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

/** Parts of a form, a picture, a game or a message: how many there may be is its design, no matter of load. */
const PART =
  /^(?:buttons?|tabs?|columns?|cols?|options?|fields?|choices?|cells?|lines?|children|colou?rs?|points?|vertices|segments?|digits?|chars?|characters?|dimensions?|axes|embeds?|components?|selected|selection|answers?|series|menus?|icons?|layers?|font|players?|teams?|cards?|pieces?|moves?|percent|percentage|number|num|numeric)$/;

/**
 * Reads the condition of an `if`: a count that has reached a literal of at least two, also as one part of `||`; with `isBelow`,
 * a count that has not reached it yet.
 */
export function limitIn(condition: ts.Expression, isBelow = false): Limit | undefined {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return limitIn(node.operand, !isBelow);
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const K = ts.SyntaxKind;
  switch (node.operatorToken.kind) {
    case K.BarBarToken:
    case K.AmpersandAmpersandToken:
      return limitIn(node.left, isBelow) ?? limitIn(node.right, isBelow);
    case K.GreaterThanToken:
    case K.GreaterThanEqualsToken:
      return isBelow ? limitOf(node.right, node.left) : limitOf(node.left, node.right);
    case K.LessThanToken:
    case K.LessThanEqualsToken:
      return isBelow ? limitOf(node.left, node.right) : limitOf(node.right, node.left);
    case K.EqualsEqualsToken:
    case K.EqualsEqualsEqualsToken:
      return isBelow ? undefined : limitOf(node.left, node.right);
    default:
      return undefined;
  }
}

function limitOf(counted: ts.Expression, literal: ts.Expression): Limit | undefined {
  const number = unwrap(literal);
  if (!ts.isNumericLiteral(number) || Number(number.text) < 2) return undefined;
  const name = countedName(unwrap(counted));
  if (name === undefined || VALIDATED.test(name) || nameWords(name).some((word) => PART.test(word))) return undefined;
  return { literal: number, counted: name.replace(/^#/, '') };
}

function countedName(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node)) return countedName(unwrap(node.expression));
  // `queue.size()`, `await sessions.count()`
  if (ts.isCallExpression(node)) return node.arguments.length === 0 ? countedName(unwrap(node.expression)) : undefined;
  if (ts.isIdentifier(node)) return COUNTER.test(node.text) ? node.text : undefined;
  const access = memberAccess(node);
  if (access === undefined) return undefined;
  if (!COUNTS.test(access.name)) return COUNTER.test(access.name) ? access.name : undefined;
  const owner = entriesOf(unwrap(access.receiver));
  const name = ts.isIdentifier(owner) ? owner.text : memberAccess(owner)?.name;
  // The length of one thing is something else: a text, what a function takes.
  return name !== undefined && (access.name === 'size' || COLLECTION.test(name)) ? name : undefined;
}

/** `jobs` of `Object.keys(jobs)` and `[...jobs]`. */
function entriesOf(node: ts.Node): ts.Node {
  if (ts.isArrayLiteralExpression(node)) {
    const [only] = node.elements;
    return only !== undefined && ts.isSpreadElement(only) ? unwrap(only.expression) : node;
  }
  if (!ts.isCallExpression(node)) return node;
  const [first] = node.arguments;
  const isList = /^(?:Object\.(?:keys|values|entries)|Array\.from)$/.test(node.expression.getText());
  return isList && first !== undefined ? unwrap(first) : node;
}
