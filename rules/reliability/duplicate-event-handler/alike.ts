import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Doings, doingsOf, wordsOf } from './doings.ts';
import { handlerOf, type Listening } from './listening.ts';

/**
 * Whether two handlers of one event do the same: they are one function, say the same, call the same functions, or log the
 * same values. That one of them ends the process as well is no difference.
 */
export function areAlike(a: Listening, b: Listening, source: SourceView): boolean {
  const one = handlerName(a.handler);
  if (one !== undefined && one.text === handlerName(b.handler)?.text) {
    // The platform adds the same function of a page only once; `bind` makes another each time.
    if (isDom(a) && !one.isBound) return false;
    return !(ts.isIdentifier(a.handler) && ts.isIdentifier(b.handler)) || isOne(a.handler, b.handler, source);
  }
  const first = handlerOf(a.handler, source);
  const second = handlerOf(b.handler, source);
  if (first === undefined || second === undefined || first === second) return false;
  if (bodyText(first) === bodyText(second)) return bodyText(first).length > 2;
  return doTheSame(doingsOf(first, source), doingsOf(second, source));
}

function doTheSame(a: Doings, b: Doings): boolean {
  if (a.calls.size > 0 || b.calls.size > 0) return areEqual(a.calls, b.calls);
  if (a.isOnlyLogging && b.isOnlyLogging && a.logged.size > 0) return areEqual(a.logged, b.logged);
  return a.exits.size > 0 && areEqual(a.exits, b.exits);
}

function areEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

function isOne(a: ts.Identifier, b: ts.Identifier, source: SourceView): boolean {
  return source.lookup(a) === source.lookup(b);
}

/** `onError`, `this.onError` and `this.onError.bind(this)`, which are the same function wherever they are written. */
function handlerName(handler: ts.Node): { readonly text: string; readonly isBound: boolean } | undefined {
  const bound = ts.isCallExpression(handler) ? memberCall(handler) : undefined;
  const isBound = bound?.name === 'bind';
  const named = isBound ? unwrap(bound.receiver) : handler;
  if (!/^[\w$#]+(?:\.[\w$#]+)*$/.test(named.getText()) || ts.isLiteralExpression(named)) return undefined;
  return { text: handler.getText(), isBound };
}

function isDom({ call }: Listening): boolean {
  return calledName(call) === 'addEventListener';
}

function bodyText(fn: FunctionNode): string {
  return fn.body === undefined ? '' : wordsOf(fn.body, fn);
}
