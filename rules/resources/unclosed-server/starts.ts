import { type FileHeader, ts, unwrap } from '#api';

/** How a server is closed: Node's take a callback, the others give a promise. */
export type ServerKind = 'node' | 'promise' | 'unknown';

/** A call that opens a port. */
export interface Start {
  readonly call: ts.CallExpression | ts.NewExpression;
  readonly kind: ServerKind;
  /** Expression that holds the server already, for `server.listen()`; the result of the call holds it otherwise. */
  readonly holder: ts.Identifier | ts.PropertyAccessExpression | undefined;
}

export type Lookup = (identifier: ts.Identifier) => ts.Declaration | undefined;

/** Calls whose result is a server that listens once `listen` is called. */
const NODE_SERVERS = new Set([
  'http#createServer',
  'http#Server',
  'https#createServer',
  'https#Server',
  'http2#createServer',
  'http2#createSecureServer',
  'net#createServer',
  'net#Server',
  'tls#createServer',
]);
/** Calls whose result is an application; its `listen` returns a Node server. */
const NODE_APPS = new Set(['express', 'koa', 'connect', 'polka']);
const PROMISE_APPS = new Set([
  'fastify',
  'fastify#fastify',
  'fastify#Fastify',
  '@nestjs/core#NestFactory.create',
  'apollo-server#ApolloServer',
  'restify#createServer',
  '@hapi/hapi#server',
  '@hapi/hapi#Server',
]);
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

/** Names that something with a `listen` has when it is a server, should its origin not show. */
const SERVER_NAME = /(?:^|[a-z_])(?:app|application|server|srv|api|backend|gateway)$/i;

/** Cheap first look: whether a call may open a port at all. */
export function mayStart(node: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const callee = node.expression;
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'listen') return true;
  const reference = header.resolve(callee);
  return reference !== undefined && (SERVE.has(reference) || PORT_SERVERS.has(reference) || reference === STANDALONE);
}

/** Recognises a call that opens a port; `undefined` for all others and for what cannot be told. */
export function startOf(
  node: ts.CallExpression | ts.NewExpression,
  header: FileHeader,
  lookup: Lookup,
): Start | undefined {
  const reference = header.resolve(node.expression);
  if (reference !== undefined) {
    const serving = SERVE.get(reference);
    if (serving !== undefined) return { call: node, kind: serving, holder: undefined };
    if (reference === STANDALONE) {
      const server = node.arguments?.[0];
      return server !== undefined && ts.isIdentifier(server)
        ? { call: node, kind: 'promise', holder: server }
        : undefined;
    }
    const ported = PORT_SERVERS.get(reference);
    if (ported !== undefined) return opensPort(node) ? { call: node, kind: ported, holder: undefined } : undefined;
  }
  return ts.isCallExpression(node) ? listenStart(node, header, lookup) : undefined;
}

/** `server.listen(…)`, `app.listen(…)`, `createServer(…).listen(…)`. */
function listenStart(call: ts.CallExpression, header: FileHeader, lookup: Lookup): Start | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'listen') return undefined;
  const receiver = unwrap(callee.expression);
  const origin = originOf(receiver, header, lookup);
  if (origin === 'server') return { call, kind: 'node', holder: holderOf(receiver) };
  if (origin === 'app') return { call, kind: 'node', holder: undefined };
  if (origin === 'promise') return { call, kind: 'promise', holder: holderOf(receiver) };
  if (origin === 'other') return undefined;
  const name = nameOf(receiver);
  return name !== undefined && SERVER_NAME.test(name)
    ? { call, kind: 'unknown', holder: holderOf(receiver) }
    : undefined;
}

/** Whether a variable holds one of Node's own servers, by what it was made with or its declared type. */
export function isNodeServer(identifier: ts.Identifier, header: FileHeader, lookup: Lookup): boolean {
  return originOf(identifier, header, lookup) === 'server';
}

type Origin = 'server' | 'app' | 'promise' | 'other' | 'unknown';

/** What the value of an expression was made by. */
function originOf(expression: ts.Node, header: FileHeader, lookup: Lookup): Origin {
  const node = unwrap(expression);
  if (ts.isAwaitExpression(node)) return originOf(node.expression, header, lookup);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const reference = header.resolve(node.expression);
    if (reference !== undefined) {
      if (NODE_SERVERS.has(reference)) return 'server';
      if (NODE_APPS.has(reference)) return 'app';
      // `fastify({ serverFactory })`: the server was made, and is closed, by somebody else.
      if (PROMISE_APPS.has(reference)) {
        return node.arguments?.some((option) => /\bserverFactory\b/.test(option.getText())) ? 'other' : 'promise';
      }
      if (PORT_SERVERS.has(reference)) return 'promise';
      // It catches requests inside the process and opens no port.
      if (reference === 'msw/node#setupServer') return 'other';
    }
    if (ts.isPropertyAccessExpression(node.expression)) {
      if (node.expression.name.text === 'createNestApplication') return 'promise';
      // `createServer().on(…)`, `express().use(…)` hand on what they were called on.
      if (/^(?:on|once|use|set|setTimeout|disable|enable)$/.test(node.expression.name.text)) {
        return originOf(node.expression.expression, header, lookup);
      }
    }
    return 'unknown';
  }
  if (ts.isObjectLiteralExpression(node)) return 'other';
  if (!ts.isIdentifier(node)) return 'unknown';
  const declaration = lookup(node);
  if (declaration === undefined) return 'unknown';
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.initializer !== undefined) return originOf(declaration.initializer, header, lookup);
    return assignedOrigin(declaration, header, lookup);
  }
  return ts.isClassDeclaration(declaration) || ts.isFunctionDeclaration(declaration) ? 'other' : 'unknown';
}

/** For `let server: Server;` the type, else what it is assigned. */
function assignedOrigin(declaration: ts.VariableDeclaration, header: FileHeader, lookup: Lookup): Origin {
  const { type, name } = declaration;
  if (type !== undefined && ts.isTypeReferenceNode(type)) {
    const reference = ts.isIdentifier(type.typeName) ? header.resolve(type.typeName) : qualified(type.typeName, header);
    if (reference !== undefined && NODE_SERVERS.has(reference)) return 'server';
    if (reference === 'express#Express' || reference === 'express#Application') return 'app';
    if (reference !== undefined && /^(?:fastify#FastifyInstance|@nestjs\/common#INest\w*)$/.test(reference))
      return 'promise';
  }
  if (!ts.isIdentifier(name)) return 'unknown';
  let found: Origin = 'unknown';
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = node.left;
      const isIt = ts.isIdentifier(target) && target.text === name.text && lookup(target) === declaration;
      if (isIt && found === 'unknown' && !ts.isIdentifier(unwrap(node.right)))
        found = originOf(node.right, header, lookup);
    }
    ts.forEachChild(node, visit);
  };
  visit(scopeOf(declaration));
  return found;
}

function qualified(name: ts.EntityName, header: FileHeader): string | undefined {
  if (ts.isIdentifier(name)) return header.resolve(name);
  const base = qualified(name.left, header);
  return base === undefined ? undefined : `${base}${base.includes('#') ? '.' : '#'}${name.right.text}`;
}

function scopeOf(declaration: ts.Node): ts.Node {
  let node = declaration.parent;
  while (!ts.isBlock(node) && !ts.isSourceFile(node)) node = node.parent;
  return node;
}

function holderOf(receiver: ts.Node): ts.Identifier | ts.PropertyAccessExpression | undefined {
  return ts.isIdentifier(receiver) || ts.isPropertyAccessExpression(receiver) ? receiver : undefined;
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isCallExpression(node)) return nameOf(node.expression);
  return ts.isAwaitExpression(node) ? nameOf(unwrap(node.expression)) : undefined;
}

/** A port as number, or options that have one; not `{ noServer: true }`, not attached to another server. */
function opensPort(node: ts.CallExpression | ts.NewExpression): boolean {
  const [first] = node.arguments ?? [];
  if (first === undefined) return false;
  if (ts.isNumericLiteral(first)) return true;
  if (!ts.isObjectLiteralExpression(first)) return false;
  return first.properties.some((property) => property.name !== undefined && property.name.getText() === 'port');
}
