import { ts, unwrap } from '#api';
import { calledName, option } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isSwitchedOff } from '../../_shared/switchedOff.ts';
import { type Beside, isChecked } from '../../_shared/web/checked.ts';
import { givenByCallers } from '../../_shared/web/givenByCallers.ts';
import { requestData } from '../../_shared/web/requestData.ts';
import { SENT_PARTS } from '../../_shared/web/requestParts.ts';
import { textParts } from '../../_shared/web/textParts.ts';
import { CALLED, SENDERS, sendsRequest, URL_OPTIONS } from './clients.ts';
import { ASKS_SCHEME } from './schemes.ts';
import { isSending } from './sending.ts';

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
  const isKnown = (module: string) => header.modules.has(module) || header.dependency(module) !== undefined;
  const mayBe = reference === undefined ? SENDERS.some(isKnown) : sendsRequest(reference);
  return mayBe ? node : undefined;
}

/** The address of a call that sends a request, when the incoming request decides its host and nothing looked at it. */
export function openRequest(call: ts.CallExpression, source: SourceView): OpenRequest | undefined {
  if (!isSending(call, source)) return undefined;
  for (const url of addresses(call, source)) {
    const host = hostIn(url, source);
    const data = host && (requestData(host, source) ?? givenByCallers(host, source, ASKS_SCHEME));
    if (host === undefined || data === undefined || !SENT_PARTS.has(data.part)) continue;
    const beside: Beside = { ...ASKS_SCHEME, use: call };
    if (isChecked(host, source, beside) || isChecked(url, source, beside) || isSwitchedOff(call, source)) continue;
    return { url, data: data.text };
  }
  return undefined;
}

function addresses({ arguments: args }: ts.CallExpression, source: SourceView): readonly ts.Expression[] {
  const [first] = args;
  if (first === undefined) return [];
  const given = unwrap(first);
  const value = ts.isIdentifier(given) ? initialValue(given, source) : given;
  const options = value && unwrap(value);
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return [first];
  return URL_OPTIONS.flatMap((name) => {
    const found = option(options, name);
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
