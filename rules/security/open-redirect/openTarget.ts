import { ts, unwrap } from '#api';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isChecked } from '../../_shared/web/checked.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';
import { textParts } from '../../_shared/web/textParts.ts';

/** Where a redirect goes, and what of the request decides it. */
export interface OpenTarget {
  readonly target: ts.Expression;
  readonly data: string;
}

export const METHODS = new Set(['redirect', 'location', 'setHeader', 'set', 'header']);

/** Calls that may set where a client goes next. */
export function redirectFact(node: ts.CallExpression): ts.CallExpression | undefined {
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee) || !METHODS.has(callee.name.text)) return undefined;
  const target = targetOf(node, callee.name.text);
  return target === undefined || ts.isStringLiteralLike(target) ? undefined : node;
}

/** The argument that holds the address: the last of `redirect(302, url)` and `setHeader('Location', url)`. */
function targetOf({ arguments: args }: ts.CallExpression, method: string): ts.Expression | undefined {
  const [first, second] = args;
  if (method === 'redirect') {
    const isStatus =
      first !== undefined && second !== undefined && (ts.isNumericLiteral(first) || !isStatusLike(second));
    return isStatus ? second : first;
  }
  if (method === 'location') return first;
  const isLocation = first !== undefined && ts.isStringLiteralLike(first) && /^location$/i.test(first.text);
  return isLocation ? second : undefined;
}

/** A status behind the address, as Hono, Next.js and older versions of Express take it. */
function isStatusLike(expression: ts.Expression): boolean {
  return ts.isNumericLiteral(expression) || ts.isObjectLiteralExpression(expression);
}

/** Parts of a request that the author of a link decides; a header is nothing that a link can carry. */
const LINKED = new Set(['query', 'body', 'params', 'cookies']);

/** The address of a redirect when the request decides where it leads and nothing looked at it. */
export function openTarget(call: ts.CallExpression, source: SourceView): OpenTarget | undefined {
  const response = responseCall(call, source);
  const argument = response && targetOf(call, response.method);
  if (argument === undefined) return undefined;
  const target = addressIn(argument, source);
  // Whatever stands in front of it decides which site it is.
  const [start] = textParts(target, source);
  if (start === undefined || typeof start === 'string') return undefined;
  const data = requestData(start, source);
  if (data === undefined || !LINKED.has(data.part) || isChecked(start, source)) return undefined;
  return { target: argument, data: data.text };
}

/** `new URL(next, base)` leaves an absolute address as it is. */
function addressIn(argument: ts.Expression, { header }: SourceView): ts.Expression {
  const node = unwrap(argument);
  if (!ts.isNewExpression(node) || header.resolve(node.expression) !== 'global#URL') return argument;
  return node.arguments?.[0] ?? argument;
}
