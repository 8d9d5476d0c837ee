import { ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { type Adding, isMadeAnew } from './listening.ts';
import { rootOf } from './targets.ts';

const REMOVES = /^(?:removeEventListener|off|removeListener|removeAllListeners|unlisten|unsubscribe|un)$/;
/** Calls on what is listened to that say nothing about listeners. */
const SAYS_NOTHING =
  /^(?:on|once|off|removeListener|removeEventListener|emit|send|addEventListener|addListener|prependListener|dispatchEvent|postMessage|join|leave|publish|write|get\w*|query\w*|is\w*|has\w*)$/;

/**
 * Whether code takes a listener away again: a removal for the same event that can find it, or one of all listeners. Receivers
 * are not compared, because one object goes by several names.
 */
export function isRemovedIn(scope: ts.Node, adding: Adding): boolean {
  const isNameless = isMadeAnew(adding.listener) && !isNamedFunction(adding.listener);
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node) && node !== adding.call) {
      const callee = unwrap(node.expression);
      const name = memberAccess(callee)?.name ?? (ts.isIdentifier(callee) ? callee.text : '');
      if (REMOVES.test(name) && mayRemove(node, adding, isNameless)) return true;
    }
    return ts.forEachChild(node, visit) === true;
  };
  return visit(scope);
}

function mayRemove(call: ts.CallExpression, { event }: Adding, isNameless: boolean): boolean {
  const [first, listener] = call.arguments;
  if (first === undefined) return true;
  // One that removes in vain is reported by itself.
  if (isNameless && listener !== undefined && !isMadeAnew(unwrap(listener))) return false;
  const node = unwrap(first);
  const added = unwrap(event);
  if (!ts.isStringLiteralLike(node) || !ts.isStringLiteralLike(added)) return true;
  return node.text === added.text;
}

/** `function once() { target.off('x', once) }` can remove itself. */
function isNamedFunction(node: ts.Node): boolean {
  return ts.isFunctionExpression(node) && node.name !== undefined;
}

/** Whether code ends what is listened to, or hands it to somebody who may: `socket.close()`, `leave(socket)`. */
export function isEndedIn(scope: ts.Node, { receiver }: Adding): boolean {
  const text = receiver && unwrap(receiver).getText();
  const root = receiver && rootOf(unwrap(receiver))?.getText();
  if (text === undefined || root === undefined) return false;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === root) {
      let at: ts.Node = node;
      while (at.parent !== undefined && ts.isPropertyAccessExpression(at.parent) && at.getText() !== text)
        at = at.parent;
      const member = memberAccess(at.parent);
      const isCalled = member?.receiver === at && ts.isCallExpression(at.parent.parent);
      if (isCalled ? !SAYS_NOTHING.test(member.name) : ts.isCallExpression(at.parent)) return true;
    }
    return ts.forEachChild(node, visit) === true;
  };
  return visit(scope);
}
