import { type FunctionNode, ts, unwrap } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Methods that add a listener. */
export const ADDS = /^(?:on|once|addListener|prependListener|addEventListener)$/;
/** Chains are walked for so many calls. */
const MAX_STEPS = 20;

/** `server.on('error', handler)`. */
export interface Listening {
  readonly call: ts.CallExpression;
  /** What emits, as written: `server`, `this.socket`. */
  readonly emitter: string;
  /** The event as written; constants count as well as texts. */
  readonly event: string;
  readonly handler: ts.Node;
}

/** By syntax alone, a handler that is added to a plainly named emitter, also in the middle of a chain. */
export function listeningOf(call: ts.CallExpression): Listening | undefined {
  const callee = unwrap(call.expression);
  const [event, handler, options] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !ADDS.test(callee.name.text)) return undefined;
  if (event === undefined || handler === undefined || call.arguments.length > 3) return undefined;
  const isDom = callee.name.text === 'addEventListener';
  if (!ts.isStringLiteralLike(event) || (options !== undefined && !isDom)) return undefined;
  const emitter = emitterOf(callee.expression);
  // Listening with other options, such as capturing, is something else.
  const more = options === undefined ? '' : ` ${options.getText()}`;
  return emitter === undefined ? undefined : { call, emitter, event: event.text + more, handler: unwrap(handler) };
}

/** The text of `server`, `this.socket`, and of what a chain of `on` begins with. */
function emitterOf(receiver: ts.Node): string | undefined {
  let at: ts.Node = unwrap(receiver);
  for (let steps = 0; steps < MAX_STEPS && ts.isCallExpression(at); steps++) {
    const callee = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee) || !ADDS.test(callee.name.text)) return undefined;
    at = unwrap(callee.expression);
  }
  const text = at.getText();
  return /^[\w$#]+(?:\.[\w$#]+)*$/.test(text) ? text : undefined;
}

/** The function that is called for the event, when it stands in this file. */
export function handlerOf(handler: ts.Node, source: SourceView): FunctionNode | undefined {
  const node = ts.isIdentifier(handler) ? initialValue(handler, source) : handler;
  return node !== undefined && isFunctionWithBody(node) ? node : undefined;
}
