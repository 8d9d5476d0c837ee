import { ts, unwrap } from '#api';
import { calledName, option } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isChecked } from '../../_shared/web/checked.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { textParts } from '../../_shared/web/textParts.ts';
import { CALLED, sendsRequest, URL_OPTIONS } from './clients.ts';

/** An outgoing request, and what of the incoming one decides where it goes. */
export interface OpenRequest {
  readonly url: ts.Expression;
  readonly data: string;
}

/** A call that may send a request to an address that is no constant. */
export function requestFact(
  node: ts.CallExpression,
  { header }: Pick<SourceView, 'header'>,
): ts.CallExpression | undefined {
  const name = calledName(node);
  const [first] = node.arguments;
  if (name === undefined || first === undefined || ts.isStringLiteralLike(first) || !CALLED.test(name))
    return undefined;
  // Names that an inner scope declares again are told apart by the check.
  const reference = header.resolve(node.expression);
  return reference === undefined || sendsRequest(reference) ? node : undefined;
}

/** Parts of a request in which a client can send an address. */
const SENT = new Set(['query', 'body', 'params', 'headers', 'cookies']);

/** The address of a call that sends a request, when the incoming request decides its host and nothing looked at it. */
export function openRequest(call: ts.CallExpression, source: SourceView): OpenRequest | undefined {
  const reference = source.header.resolve(call.expression);
  if (reference === undefined || !sendsRequest(reference)) return undefined;
  for (const url of addresses(call)) {
    const host = hostIn(url, source);
    const data = host && requestData(host, source);
    if (host === undefined || data === undefined || !SENT.has(data.part)) continue;
    if (!isChecked(host, source) && !isChecked(url, source)) return { url, data: data.text };
  }
  return undefined;
}

function addresses({ arguments: args }: ts.CallExpression): readonly ts.Expression[] {
  const [first] = args;
  if (first === undefined) return [];
  if (!ts.isObjectLiteralExpression(unwrap(first))) return [first];
  return URL_OPTIONS.flatMap((name) => {
    const found = option(first, name);
    return found.kind === 'given' && ts.isExpression(found.value) ? [found.value] : [];
  });
}

/** What decides the host: the first part of an address, or what follows a scheme that stands alone. */
function hostIn(url: ts.Expression, source: SourceView): ts.Expression | undefined {
  const node = unwrap(url);
  if (ts.isNewExpression(node)) {
    const [first] = node.arguments ?? [];
    return first && hostIn(first, source);
  }
  const [start, next] = textParts(url, source);
  if (start === undefined || typeof start !== 'string') return start;
  return /^(?:[a-z]+:)?\/\/[^/?#]*$/i.test(start) && !endsHost(start) && typeof next !== 'string' ? next : undefined;
}

/** `http://localhost:` is followed by a port. */
function endsHost(start: string): boolean {
  return /\/\/[^/]+:$/.test(start);
}
