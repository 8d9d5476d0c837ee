import { ts, unwrap } from '#api';
import { settled } from '../../_shared/browser/constants.ts';
import { isFromOutside, isHandedOver } from '../../_shared/browser/origins.ts';
import { memberAccess, memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** How far a value is followed to what it begins with. */
const MAX_STEPS = 8;

/** Pages made here, documents that viewers refuse to show in a sandbox, and addresses that the deployment chooses. */
const ELSEWHERE_CHOSEN = /pdf|blob|object_?url|config|settings|\benv\b|base_?url|asset|static/i;

/** Methods and functions that leave the beginning of an address as it is. */
const KEEPS = /^(?:toString|trim|replace|replaceAll|concat|slice|toLowerCase)$/;
const KEEPING_FUNCTIONS = new Set(['global#String', 'global#encodeURI']);

/**
 * The part of an address, or of a page, that it begins with and that comes from outside; `undefined` when it begins with a
 * constant, or when nobody can tell.
 */
export function outsideStart(value: ts.Node, source: SourceView, step = 0): ts.Node | undefined {
  if (step > MAX_STEPS) return undefined;
  const inner = (at: ts.Node | undefined) => (at === undefined ? undefined : outsideStart(at, source, step + 1));
  const given = ts.isJsxExpression(value) ? value.expression : value;
  if (given === undefined) return undefined;
  const node = settled(given, (name) => source.lookup(name));
  if (ts.isTemplateExpression(node))
    return node.head.text.trim() === '' ? inner(node.templateSpans[0]?.expression) : undefined;
  if (ts.isConditionalExpression(node)) return inner(node.whenTrue) ?? inner(node.whenFalse);
  if (ts.isBinaryExpression(node)) return inner(node.left);
  if (ts.isCallExpression(node)) {
    const call = memberCall(node);
    if (call !== undefined && KEEPS.test(call.name)) return inner(call.receiver);
    if (call?.name === 'get' && isQuery(call.receiver, source)) return node;
    return KEEPING_FUNCTIONS.has(source.header.resolve(node.expression) ?? '') ? inner(node.arguments[0]) : undefined;
  }
  const place = unwrap(given);
  if (ELSEWHERE_CHOSEN.test(place.getText()) || ELSEWHERE_CHOSEN.test(node.getText())) return undefined;
  return isFromOutside(node, source) ? place : undefined;
}

/** `new URLSearchParams(location.search)`, `new URL(location.href).searchParams`. */
function isQuery(expression: ts.Node, source: SourceView): boolean {
  const node = settled(expression, (name) => source.lookup(name));
  const member = memberAccess(node);
  if (member?.name === 'searchParams') return isMadeOfAddress(member.receiver, 'global#URL', source);
  return isMadeOfAddress(node, 'global#URLSearchParams', source);
}

function isMadeOfAddress(expression: ts.Node, maker: string, source: SourceView): boolean {
  const node = settled(expression, (name) => source.lookup(name));
  const [first] = ts.isNewExpression(node) ? (node.arguments ?? []) : [];
  if (first === undefined || !ts.isNewExpression(node) || source.header.resolve(node.expression) !== maker)
    return false;
  return /^global#(?:window\.|document\.)?location(?:\.(?:search|hash|href))?$/.test(
    source.header.resolve(first) ?? '',
  );
}

/**
 * Whether a value is part of data: a member of something, or taken out of an answer. What a caller hands over by itself may
 * well be a constant there.
 */
export function isData(value: ts.Node, source: SourceView): boolean {
  const node = unwrap(value);
  if (ts.isIdentifier(node)) return !isHandedOver(node, source) && !isTakenFromProps(node, source);
  const receiver = memberAccess(node)?.receiver;
  return receiver === undefined || !/^(?:this|props|this\.props)$/.test(unwrap(receiver).getText());
}

/** `url` of `const { url } = props`. */
function isTakenFromProps(name: ts.Identifier, source: SourceView): boolean {
  const element = source.lookup(name);
  if (element === undefined || !ts.isBindingElement(element)) return false;
  const { parent } = element.parent;
  const taken = ts.isVariableDeclaration(parent) && parent.initializer ? unwrap(parent.initializer) : undefined;
  if (taken === undefined) return false;
  return ts.isIdentifier(taken) ? isHandedOver(taken, source) : taken.getText() === 'this.props';
}
