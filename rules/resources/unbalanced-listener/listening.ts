import { type CollectContext, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';

/** A call that adds a listener. */
export interface Adding {
  readonly kind: 'adds';
  readonly call: ts.CallExpression;
  readonly method: string;
  /** `undefined` for the window's own `addEventListener`, called by its bare name. */
  readonly receiver: ts.Expression | undefined;
  readonly event: ts.Expression;
  readonly listener: ts.Node;
}

/** A call that is to remove a listener, and is given a function that was made for it. */
export interface Vain {
  readonly kind: 'vain';
  readonly call: ts.CallExpression;
  readonly method: string;
}

/** Methods that add a listener until it is removed. */
export const ADDS = /^(?:addEventListener|on|addListener|prependListener)$/;
/** Methods that take a listener away. */
export const REMOVES = /^(?:removeEventListener|off|removeListener)$/;

/** Reads calls that add listeners for as long as nobody removes them, and removals that can find nothing. */
export function listeningOf(
  call: ts.CallExpression,
  { header }: Pick<CollectContext<unknown>, 'header'>,
): Adding | Vain | undefined {
  const callee = unwrap(call.expression);
  const member = memberAccess(callee);
  const method = member?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
  const adds = ADDS.test(method);
  if (!adds && !REMOVES.test(method)) return undefined;
  const [event, second, options, ...rest] = call.arguments;
  if (event === undefined || second === undefined || rest.length > 0) return undefined;
  const isDom = method.endsWith('EventListener');
  if (!isDom && (options !== undefined || !isEventName(event))) return undefined;
  const listener = unwrap(second);
  if (!adds) {
    return member !== undefined && isMadeAnew(listener) ? { kind: 'vain', call, method } : undefined;
  }
  if (member === undefined && header.resolve(callee) !== 'global#addEventListener') return undefined;
  if (!mayBeListener(listener) || mayEnd(options)) return undefined;
  return { kind: 'adds', call, method, receiver: member?.receiver, event, listener };
}

/** A text, or a constant's name: `'resize'`, `EVENTS.SAVED`. */
function isEventName(event: ts.Node): boolean {
  const node = unwrap(event);
  return ts.isStringLiteralLike(node) || ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
}

function mayBeListener(node: ts.Node): boolean {
  return ts.isIdentifier(node) || memberAccess(node) !== undefined || isMadeAnew(node);
}

/** A function that no other expression can name: written here, bound here, or wrapped here. */
export function isMadeAnew(node: ts.Node): boolean {
  if (isFunctionValue(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const name = memberAccess(callee)?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
  return (name === 'bind' && !ts.isIdentifier(callee)) || name === 'debounce' || name === 'throttle';
}

/** `{ once: true }`, `{ signal }`, and options that are not written here. */
function mayEnd(options: ts.Expression | undefined): boolean {
  if (options === undefined) return false;
  const node = unwrap(options);
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (!ts.isObjectLiteralExpression(node)) return true;
  return !node.properties.every(
    ({ name }) => name !== undefined && ts.isIdentifier(name) && /^(?:capture|passive)$/.test(name.text),
  );
}
