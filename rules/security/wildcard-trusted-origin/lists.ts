import { type FileHeader, ts } from '#api';
import { calledName, memberAccess, memberCall, propertyKey } from '../../_shared/calls.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { isFallback } from '../../_shared/operators.ts';
import { has, set } from '../../_shared/words.ts';

const TRUST = set(
  'trusted allowed allowlist allowlisted whitelist whitelisted safelist permitted approved accepted authorized authorised',
);
const PLACES = set('origin origins host hosts hostname hostnames domain domains referer referers referrer referrers');

/** About headers and CORS, about a developer's own machine, about what is fetched, or about how something is shown. */
const BESIDE = set(
  'cors access control header headers dev development local test egress outbound image images label placeholder regex pattern ' +
    'patterns message docs description',
);

/** `trustedOrigins`, `ALLOWED_HOSTS`, `domainWhiteList`. */
export function namesTrusted(name: string): boolean {
  // The WebView of React Native asks for a wildcard to show markup of one's own.
  if (/^originWhite_?list$/i.test(name)) return false;
  const words = nameWords(name);
  if (!has(words, PLACES) || has(words, BESIDE)) return false;
  return has(words, TRUST) || /(?:allow|white|safe)_?list/i.test(name);
}

/** Methods that hand on what they are called on: `'*'.split(',')`. */
const PASSING = /^(?:split|map|filter|trim|concat|flat|flatMap|toLowerCase|values)$/;

/** Calls that hand on what they are given: `Object.freeze(list)`, `z.array(…).default(list)`. */
const HANDING = /^(?:freeze|from|of|String|default|catch)$/;

/** How far up a value is followed. */
const MAX_STEPS = 16;

/** A declaration, assignment or call that puts a text into what is called `name`. */
export interface Holder {
  readonly name: string;
  readonly node: ts.Node;
}

/** What holds a text, by itself, in a list or a set, or where nothing else is given. */
export function holderOf(text: ts.Node, header: FileHeader): Holder | undefined {
  let node = text;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { parent } = node;
    const name = nameFor(parent, node);
    if (name !== undefined) return { name, node: parent };
    if (!handsOn(parent, node, header)) return undefined;
    node = parent;
  }
  return undefined;
}

/** The name that a node gives to the value `node` inside it. */
function nameFor(parent: ts.Node, node: ts.Node): string | undefined {
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return parent.initializer === node && ts.isPropertyName(parent.name) ? propertyKey(parent.name) : undefined;
  }
  if (ts.isBinaryExpression(parent)) {
    const isPlain = /^(?:\?\?|\|\|)?=$/.test(parent.operatorToken.getText()) && parent.right === node;
    return isPlain ? lastName(parent.left) : undefined;
  }
  if (!ts.isCallExpression(parent)) return undefined;
  const call = memberCall(parent);
  return call !== undefined && /^(?:push|unshift|add)$/.test(call.name) ? lastName(call.receiver) : undefined;
}

function lastName(node: ts.Expression): string | undefined {
  return ts.isIdentifier(node) ? node.text : memberAccess(node)?.name;
}

/** Whether the value of `node` is, or is part of, the value of what stands around it. */
function handsOn(parent: ts.Node, node: ts.Node, header: FileHeader): boolean {
  if (ts.isBinaryExpression(parent)) return isFallback(parent.operatorToken.kind) && parent.right === node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isPropertyAccessExpression(parent)) return PASSING.test(parent.name.text);
  if (ts.isNewExpression(parent)) return header.resolve(parent.expression) === 'global#Set';
  if (ts.isCallExpression(parent)) return parent.expression === node || HANDING.test(calledName(parent) ?? '');
  return (
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent)
  );
}
