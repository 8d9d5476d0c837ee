import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { isFallback } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { workOf } from '../../_shared/web/workFunctions.ts';

/** Where a text comes from. */
export type Origin = 'request' | 'message' | 'storage' | 'env';

/** A text that the program did not write itself. */
export interface ExternalText {
  readonly origin: Origin;
  /** How the code names it. */
  readonly text: string;
  /** The key of the storage that it is read from, as written. */
  readonly key?: string;
}

/** How far names are followed. */
const MAX_DEPTH = 4;

const STORAGE = /^global#(?:window\.|globalThis\.|self\.)?(?:localStorage|sessionStorage)\.getItem$/;
const ENVIRONMENT = /^(?:global#process\.env|(?:node:)?process#env)(?:\.|$)/;

/** What an expression holds that somebody else wrote; `undefined` when nobody did, or when it cannot be told. */
export function externalText(expression: ts.Node, source: SourceView, depth = 0): ExternalText | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = withoutConversion(expression);
  const data = depth === 0 ? requestData(node, source) : undefined;
  if (data !== undefined) return { origin: 'request', text: data.text };
  if (ts.isCallExpression(node)) return fromStorage(node, source);
  if (isEnvironment(node, source)) return { origin: 'env', text: node.getText() };
  if (isOfMessage(node, source)) return { origin: 'message', text: node.getText() };
  const value = ts.isIdentifier(node) ? initialValue(node, source) : undefined;
  if (value === undefined || isFunctionWithBody(value)) return undefined;
  return externalText(value, source, depth + 1);
}

/** `String(text)`, `text.toString('utf8')`, `text ?? '{}'`, `text!`. */
function withoutConversion(expression: ts.Node): ts.Node {
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node)) return withoutConversion(node.expression);
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind)) return withoutConversion(node.left);
  if (!ts.isCallExpression(node)) return node;
  const [argument] = node.arguments;
  if (ts.isIdentifier(node.expression) && node.expression.text === 'String' && argument !== undefined) {
    return withoutConversion(argument);
  }
  const member = memberCall(node);
  return member !== undefined && /^(?:toString|trim)$/.test(member.name) ? withoutConversion(member.receiver) : node;
}

function fromStorage(call: ts.CallExpression, { header }: SourceView): ExternalText | undefined {
  const [key] = call.arguments;
  if (key === undefined || memberCall(call)?.name !== 'getItem') return undefined;
  if (!STORAGE.test(header.resolve(call.expression) ?? '')) return undefined;
  return { origin: 'storage', text: call.getText(), key: key.getText() };
}

function isEnvironment(node: ts.Node, { header }: SourceView): boolean {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    ENVIRONMENT.test(header.resolve(node.expression) ?? '')
  );
}

/** What a handler of socket events or the consumer of a queue is called with: `data`, `message.value`. */
function isOfMessage(node: ts.Node, source: SourceView): boolean {
  let root = node;
  while (ts.isPropertyAccessExpression(root)) root = unwrap(root.expression);
  if (!ts.isIdentifier(root)) return false;
  const declaration = source.lookup(root);
  const holder = declaration && ts.findAncestor(declaration, ts.isParameter);
  if (holder === undefined || !isFunctionWithBody(holder.parent)) return false;
  const work = workOf(holder.parent, source);
  return work === 'socket' || work === 'job';
}
