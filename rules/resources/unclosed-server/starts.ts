import { type FileHeader, ts, unwrap } from '#api';
import { type Names, type Origin, originOf, type Reference } from './origins.ts';

/** How a server is closed: Node's take a callback, the others give a promise. */
export type ServerKind = 'node' | 'promise';

/** A call that opens a port. */
export interface Start {
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly kind: ServerKind;
  /** Expression that holds the server already, for `server.listen()`; the result of the call holds it otherwise. */
  readonly holder: ts.Identifier | ts.PropertyAccessExpression | undefined;
  /** What has to be so for this to be a start. */
  readonly given: Given | undefined;
}

/** Something that only another module can tell: what it hands out. */
export interface Given {
  readonly reference: Reference;
  readonly origin: Origin;
}

/** Servers that open a port when they are made with one. */
const PORT_SERVERS = new Map<string, ServerKind>([
  ['ws#WebSocketServer', 'node'],
  ['ws#Server', 'node'],
  ['ws#WebSocket.Server', 'node'],
  ['socket.io#Server', 'promise'],
  ['socket.io', 'promise'],
]);
/** Functions that open a port and hand out the server. */
const SERVE = new Map<string, ServerKind>([
  ['@hono/node-server#serve', 'node'],
  ['global#Bun.serve', 'promise'],
  ['global#Deno.serve', 'promise'],
]);

const STANDALONE = '@apollo/server/standalone#startStandaloneServer';

/** References of everything that opens a port when it is called. */
export const STARTS: readonly string[] = [...PORT_SERVERS.keys(), ...SERVE.keys(), STANDALONE];

/** Cheap first look: whether a call may open a port at all. */
export function mayStart(node: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const callee = node.expression;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'listen') return true;
  const reference = header.resolve(callee);
  return reference !== undefined && (SERVE.has(reference) || PORT_SERVERS.has(reference) || reference === STANDALONE);
}

/**
 * Recognises a call that opens a port; empty for all others and for what cannot be told. Where another module has to tell,
 * there is one start for each thing it may say.
 */
export function startsOf(node: ts.CallExpression | ts.NewExpression, names: Names): readonly Start[] {
  const reference = names.header.resolve(node.expression);
  const start = (kind: ServerKind, holder?: Start['holder']): readonly Start[] => [
    { call: node, kind, holder, given: undefined },
  ];
  if (reference !== undefined) {
    const serving = SERVE.get(reference);
    if (serving !== undefined) return start(serving);
    if (reference === STANDALONE) {
      const server = node.arguments?.[0];
      return server !== undefined && ts.isIdentifier(server) ? start('promise', server) : [];
    }
    const ported = PORT_SERVERS.get(reference);
    if (ported !== undefined) return opensPort(node) ? start(ported) : [];
  }
  return ts.isCallExpression(node) ? listenStarts(node, names) : [];
}

/** `server.listen(…)`, `app.listen(…)`, `createServer(…).listen(…)`. */
function listenStarts(call: ts.CallExpression, names: Names): readonly Start[] {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'listen') return [];
  const receiver = unwrap(callee.expression);
  const origin = originOf(receiver, names);
  if (origin === undefined) return [];
  if (typeof origin === 'string') return [listening(call, receiver, origin, undefined)];
  return (['server', 'app', 'promise'] as const).map((each) =>
    listening(call, receiver, each, { reference: origin, origin: each }),
  );
}

function listening(call: ts.CallExpression, receiver: ts.Node, origin: Origin, given: Given | undefined): Start {
  const isHolder = ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver);
  // An application stays what it was: only the result of its `listen` can be closed.
  const holder = isHolder && origin !== 'app' ? receiver : undefined;
  return { call, kind: origin === 'promise' ? 'promise' : 'node', holder, given };
}

/** A port as number, or options that have one; not `{ noServer: true }`, not attached to another server. */
function opensPort(node: ts.CallExpression | ts.NewExpression): boolean {
  const [first] = node.arguments ?? [];
  if (first === undefined) return false;
  if (ts.isNumericLiteral(first)) return true;
  if (!ts.isObjectLiteralExpression(first)) return false;
  return first.properties.some((property) => property.name !== undefined && property.name.getText() === 'port');
}
