import { ts, unwrap } from '#api';
import { propertyKey } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isSwitchedOff } from '../../_shared/switchedOff.ts';
import { isChecked } from '../../_shared/web/checked.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';
import { textParts } from '../../_shared/web/textParts.ts';

/** Where a redirect goes, and what of the request decides it. */
export interface OpenTarget {
  readonly target: ts.Expression;
  readonly data: string;
}

export const METHODS = new Set(['redirect', 'location', 'setHeader', 'set', 'header', 'writeHead']);

/** Calls that may set where a client goes next. */
export function redirectFact(node: ts.CallExpression): ts.CallExpression | undefined {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || !METHODS.has(callee.name.text)) return undefined;
  const target = targetOf(node, callee.name.text);
  return target === undefined || ts.isStringLiteralLike(target) ? undefined : node;
}

/** The argument that holds the address: the last of `redirect(302, url)` and `setHeader('Location', url)`, a member of `writeHead`'s. */
function targetOf({ arguments: args }: ts.CallExpression, method: string): ts.Expression | undefined {
  const [first, second] = args;
  if (method === 'redirect') {
    const isStatus =
      first !== undefined && second !== undefined && (ts.isNumericLiteral(first) || !isStatusLike(second));
    return isStatus ? second : first;
  }
  if (method === 'location') return first;
  if (method === 'writeHead') return locationIn(args.at(-1));
  const isLocation = first !== undefined && ts.isStringLiteralLike(first) && /^location$/i.test(first.text);
  return isLocation ? second : undefined;
}

/** `{ Location: url }`. */
function locationIn(headers: ts.Expression | undefined): ts.Expression | undefined {
  if (headers === undefined || !ts.isObjectLiteralExpression(headers)) return undefined;
  const isLocation = (property: ts.ObjectLiteralElementLike): property is ts.PropertyAssignment =>
    ts.isPropertyAssignment(property) && /^location$/i.test(propertyKey(property.name) ?? '');
  return headers.properties.find(isLocation)?.initializer;
}

/** A status behind the address, as Hono, Next.js and older versions of Express take it. */
function isStatusLike(expression: ts.Expression): boolean {
  return ts.isNumericLiteral(expression) || ts.isObjectLiteralExpression(expression);
}

/** Parts of a request that the author of a link decides; headers and cookies are nothing that a link can carry. */
const LINKED = new Set(['query', 'body', 'params']);

/** The address of a redirect when the request decides where it leads and nothing looked at it. */
export function openTarget(call: ts.CallExpression, source: SourceView): OpenTarget | undefined {
  const response = responseCall(call, source);
  const argument = response && targetOf(call, response.method);
  if (response === undefined || argument === undefined) return undefined;
  const target = addressIn(argument, source);
  const start = siteIn(target, source);
  if (start === undefined) return undefined;
  const data = requestData(start, source);
  if (data === undefined || !LINKED.has(data.part) || namesCreated(call, response.method)) return undefined;
  const isLookedAt = [start, target].some((value) => isChecked(value, source, { use: call }));
  if (isLookedAt || isSwitchedOff(call, source)) return undefined;
  return { target: argument, data: data.text };
}

/** What decides the site: the first part of an address, or what follows a scheme that stands alone. */
function siteIn(target: ts.Expression, source: SourceView): ts.Expression | undefined {
  const [start, next] = textParts(target, source);
  if (typeof start !== 'string') return start;
  return /^(?:https?:)?\/\/$/i.test(start) && typeof next !== 'string' ? next : undefined;
}

/** `Location` beside the status 201 or 202 says where something new is found; nobody is sent there. */
function namesCreated(call: ts.CallExpression, method: string): boolean {
  if (method === 'redirect') return false;
  const text = enclosingFunction(call)?.body?.getText() ?? '';
  return /\b20[12]\b|\bCREATED\b|\bACCEPTED\b/.test(text) && !/\b30[12378]\b/.test(text);
}

/** `new URL(next, base)` leaves an absolute address as it is. */
function addressIn(argument: ts.Expression, { header }: SourceView): ts.Expression {
  const node = unwrap(argument);
  if (!ts.isNewExpression(node) || header.resolve(node.expression) !== 'global#URL') return argument;
  return node.arguments?.[0] ?? argument;
}
