import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Packages whose sockets bring what clients send. */
const SOCKETS = ['socket.io', 'ws', '@fastify/websocket', 'express-ws'];
const RECEIVER = /^(?:ws|socket|client|conn|connection|websocket)$|Socket$/i;
const OWN_EVENTS = /^(?:connect|connection|disconnect|disconnecting|close|open|error|ping|pong|upgrade)$/;

/** What a client sent through a socket: the parameter of `socket.on('run', (command) => …)`, or a part of it. */
export function isSocketMessage(expression: ts.Node, source: SourceView): boolean {
  let node = unwrap(expression);
  // `message.toString()` and `message.file`.
  while (ts.isPropertyAccessExpression(node) || (ts.isCallExpression(node) && isText(node)))
    node = unwrap(node.expression);
  if (!ts.isIdentifier(node) || !SOCKETS.some((module) => source.header.modules.has(module))) return false;
  let declaration: ts.Node | undefined = source.lookup(node);
  while (declaration !== undefined && ts.isBindingElement(declaration)) declaration = declaration.parent.parent;
  if (declaration === undefined || !ts.isParameter(declaration) || !isFunctionWithBody(declaration.parent))
    return false;
  const listener: ts.Node = declaration.parent;
  const call = listener.parent;
  if (!ts.isCallExpression(call) || call.arguments[1] !== listener) return false;
  const member = memberCall(call);
  const [event] = call.arguments;
  const receiver = member?.receiver;
  return (
    member?.name === 'on' &&
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    !OWN_EVENTS.test(event.text) &&
    receiver !== undefined &&
    ts.isIdentifier(receiver) &&
    RECEIVER.test(receiver.text)
  );
}

function isText({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(?:toString|trim)$/.test(expression.name.text);
}
