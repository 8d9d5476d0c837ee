import { type FileHeader, ts, unwrap } from '#api';
import { byName } from '../../byName.ts';
import { isRouterName } from '../routers.ts';
import { makerOf } from './makers.ts';

/** Registrations under a path. */
export const VERBS: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'del',
  'all',
  'options',
  'head',
]);

/** What else is done with applications, routers and servers. */
export const METHODS: ReadonlySet<string> = new Set([
  ...['use', 'register', 'route', 'addHook', 'setErrorHandler', 'onError', 'listen', 'after', 'ready', 'mount'],
  ...['prefix', 'setGlobalPrefix', 'enableVersioning'],
  ...[
    'useGlobalGuards',
    'useGlobalFilters',
    'useGlobalInterceptors',
    'setNotFoundHandler',
    'notFound',
    'group',
    'param',
  ],
]);

const CARRIERS =
  /^(?:serve|createAdaptorServer|handle|serverless|createServer|createTerminus|createLightship|default)$/;

/** Functions without arguments that fill an application which everybody in the file sees. */
const SETS_UP =
  /^(?:init|set_?up|register|configure|config|add|mount|load|plug|apply|use|build|create|start|bootstrap|handle|connect|protect|secure|guard|(?:main|run|boot|launch|routes?|routers?|controllers?|middlewares?|plugins?|endpoints?|errors?)$)|(?:Routes?|Routers|Controllers|Middlewares?|Plugins|Endpoints|Handlers?|Handling|Errors?|Server|App)$/i;

/** Methods without arguments that start what a class of the project holds: `server.start()`. */
const STARTS = /^(?:init(?:iali[sz]e)?|set_?up|start(?:Server|App)?|bootstrap|run|configure|build|boot)$/i;

/** Makes an application, router or server. */
export function isMade(node: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const reference = header.resolve(node.expression);
  return reference !== undefined && makerOf(reference) !== undefined;
}

/** Does something with an application, router or server as far as names tell; the fold looks closer. */
export function isOperation(node: ts.CallExpression, header: FileHeader): boolean {
  const { expression } = node;
  if (node.arguments.some(isCarried)) return true;
  if (ts.isPropertyAccessExpression(expression)) {
    const method = expression.name.text;
    if (VERBS.has(method)) return isRoute(node) && !isForeign(expression.expression, header);
    if (METHODS.has(method)) return !isForeign(expression.expression, header);
    if (method === 'on') return isConnecting(node);
    if (expression.expression.kind === ts.SyntaxKind.ThisKeyword) return SETS_UP.test(method);
    return node.arguments.length === 0 && STARTS.test(method) && !isForeign(expression.expression, header);
  }
  if (!ts.isIdentifier(expression)) return isLoaded(expression);
  return node.arguments.length === 0 ? SETS_UP.test(expression.text) : CARRIERS.test(expression.text);
}

/** `io.on('connection', …)`. */
function isConnecting({ arguments: [event] }: ts.CallExpression): boolean {
  return event !== undefined && ts.isStringLiteralLike(event) && /^connect(?:ion)?$/.test(event.text);
}

/** `require('./routes')(app)` has a carried argument already; `require(file)(x)` cannot be told. */
function isLoaded(expression: ts.Expression): boolean {
  const callee = unwrap(expression);
  return ts.isCallExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'require';
}

/** A handler comes last, and the path, where it is constant, begins like one. */
function isRoute(node: ts.CallExpression): boolean {
  const [first] = node.arguments;
  const last = node.arguments.at(-1);
  if (first === undefined || last === undefined) return false;
  if (first === last) return isChained(node);
  if (ts.isStringLiteralLike(last) || ts.isNumericLiteral(last)) return false;
  if (ts.isObjectLiteralExpression(last)) return holdsHandler(last);
  return !ts.isStringLiteralLike(first) || /^(?:$|[/*:(])/.test(first.text);
}

/** `fastify.get('/x', { schema, handler })`. */
function holdsHandler({ properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some(({ name }) => name !== undefined && ts.isIdentifier(name) && name.text === 'handler');
}

/** `router.route('/x').get(handler)`. */
function isChained(node: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(node.expression) && ts.isCallExpression(node.expression.expression);
}

/** What comes from a package or the platform and is no framework: `axios.get(…)`. */
function isForeign(receiver: ts.Expression, header: FileHeader): boolean {
  const reference = header.resolve(receiver);
  if (reference === undefined) return false;
  const module = reference.split('#')[0] ?? '';
  return module === 'global' || (!module.startsWith('.') && header.dependency(module) !== undefined);
}

/** An argument that by its name is an application, router or server, alone or in an object. */
export function isCarried(argument: ts.Node): boolean {
  const node = unwrap(argument);
  if (ts.isIdentifier(node)) return isCarriedName(node.text);
  if (ts.isPropertyAccessExpression(node)) {
    return /^(?:fetch|callback|handle|routes)$/.test(node.name.text)
      ? isCarried(node.expression)
      : isCarriedName(node.name.text);
  }
  if (ts.isCallExpression(node)) return node.arguments.length === 0 && isCarried(node.expression);
  if (!ts.isObjectLiteralExpression(node) || node.properties.length > 12) return false;
  return node.properties.some(
    (property) =>
      (ts.isShorthandPropertyAssignment(property) && isCarriedName(property.name.text)) ||
      (ts.isPropertyAssignment(property) && isCarried(property.initializer)),
  );
}

const isCarriedName = byName(
  (name) =>
    isRouterName(name) ||
    /^(?:express|http|https|io|wss|expressApp|instance|srv|web|koa|hono|application)$/i.test(name),
);
