import { type FileHeader, type Listeners, ts, unwrap } from '#api';
import { isRouterName } from '../routers.ts';
import type { Hint } from './facts.ts';
import { makerOf, mayServe } from './makers.ts';
import {
  AUTH_MEMBERS,
  HEALTH_PATH,
  hintOfName,
  isConcernPackage,
  SECURITY_HEADER,
  TOO_MANY,
  TOO_MANY_NAME,
} from './vocabulary.ts';

/** What one statement tells about services; put together by the facet's fold. */
export type WebFact =
  | { readonly kind: 'operation'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'made'; readonly node: ts.CallExpression | ts.NewExpression }
  | { readonly kind: 'handler'; readonly node: ts.SignatureDeclaration }
  | { readonly kind: 'assigned'; readonly node: ts.BinaryExpression }
  | { readonly kind: 'exported'; readonly node: ts.Node }
  | { readonly kind: 'hint'; readonly node: ts.Node; readonly hint: Hint }
  | { readonly kind: 'health'; readonly path: string }
  | { readonly kind: 'controller'; readonly node: ts.ClassDeclaration }
  /** Imports a package that takes care of something services need. */
  | { readonly kind: 'package' };

type Context = { readonly header: FileHeader };
type Collected = WebFact | readonly WebFact[] | undefined;

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
  /^(?:init|set_?up|register|configure|config|add|mount|load|plug|apply|use|build|create|start|bootstrap|handle|connect)/i;

/** Reads the visited node and the header. */
export const collectors: Listeners<Context, Collected> = {
  CallExpression(node, { header }) {
    if (!mayServe(header)) return undefined;
    const facts: WebFact[] = [];
    if (isMade(node, header)) facts.push({ kind: 'made', node });
    if (isOperation(node, header)) facts.push({ kind: 'operation', node });
    const hint = hintOfCall(node);
    if (hint !== undefined) facts.push({ kind: 'hint', node, hint });
    const required = requiredModule(node);
    if (required !== undefined && isConcernPackage(required)) facts.push({ kind: 'package' });
    return facts;
  },
  NewExpression(node, { header }) {
    if (!mayServe(header)) return undefined;
    if (isMade(node, header)) return { kind: 'made', node };
    const { expression } = node;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
    if (ts.isIdentifier(name) && TOO_MANY_NAME.test(name.text)) return { kind: 'hint', node, hint: 'limit' };
    return node.arguments?.some(isCarried) === true ? { kind: 'operation', node } : undefined;
  },
  ArrowFunction: handler,
  FunctionExpression: handler,
  FunctionDeclaration: handler,
  MethodDeclaration: handler,
  BinaryExpression(node, { header }) {
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !mayServe(header)) return undefined;
    if (isExportsTarget(node.left)) return { kind: 'exported', node };
    const { left } = node;
    const name = ts.isIdentifier(left) ? left.text : thisMember(left);
    if (name === undefined) return undefined;
    const right = unwrap(node.right);
    const isMaker = (ts.isCallExpression(right) || ts.isNewExpression(right)) && isMade(right, header);
    return isMaker || isRouterName(name) ? { kind: 'assigned', node } : undefined;
  },
  ExportAssignment: (node, { header }): WebFact | undefined =>
    mayServe(header) ? { kind: 'exported', node } : undefined,
  ExportDeclaration: (node, { header }): WebFact | undefined =>
    mayServe(header) ? { kind: 'exported', node } : undefined,
  VariableStatement(node, { header }) {
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    return isExported && mayServe(header) ? { kind: 'exported', node } : undefined;
  },
  ImportDeclaration(node, { header }) {
    const { moduleSpecifier } = node;
    const isConcern = ts.isStringLiteral(moduleSpecifier) && isConcernPackage(moduleSpecifier.text);
    return isConcern && mayServe(header) ? { kind: 'package' } : undefined;
  },
  NumericLiteral: (node, { header }): WebFact | undefined =>
    node.text === '429' && mayServe(header) ? { kind: 'hint', node, hint: 'limit' } : undefined,
  PropertyAccessExpression(node, { header }) {
    if (TOO_MANY_NAME.test(node.name.text)) return mayServe(header) ? { kind: 'hint', node, hint: 'limit' } : undefined;
    if (!AUTH_MEMBERS.has(node.name.text) || !isRequestPart(node.expression)) return undefined;
    return mayServe(header) ? { kind: 'hint', node, hint: 'auth' } : undefined;
  },
  BindingElement(node, { header }) {
    const name = node.propertyName ?? node.name;
    if (!ts.isIdentifier(name) || !AUTH_MEMBERS.has(name.text)) return undefined;
    return mayServe(header) ? { kind: 'hint', node, hint: 'auth' } : undefined;
  },
  StringLiteral(node, { header }) {
    const { text } = node;
    if (text.length > 60 || text.length < 3) return undefined;
    if (TOO_MANY.test(text)) return mayServe(header) ? { kind: 'hint', node, hint: 'limit' } : undefined;
    if (SECURITY_HEADER.test(text)) return mayServe(header) ? { kind: 'hint', node, hint: 'headers' } : undefined;
    if (!HEALTH_PATH.test(text) || !mayServe(header) || !/^\/?[\w./:-]+$/.test(text)) return undefined;
    return text.startsWith('/') || isPathPlace(node) ? { kind: 'health', path: text } : undefined;
  },
  ClassDeclaration: (node, { header }): WebFact | undefined =>
    ts.getDecorators(node) !== undefined && mayServe(header) ? { kind: 'controller', node } : undefined,
};

/** `req`, `ctx.state`, `req.headers`. */
function isRequestPart(node: ts.Expression): boolean {
  const inner = unwrap(node);
  const name = ts.isIdentifier(inner) ? inner : ts.isPropertyAccessExpression(inner) ? inner.name : undefined;
  return name !== undefined && /^_?(?:req|request|ctx|context|c|state|locals|headers|user|session)$/.test(name.text);
}

function requiredModule(node: ts.CallExpression): string | undefined {
  const [module] = node.arguments;
  if (!ts.isIdentifier(node.expression) || node.expression.text !== 'require' || module === undefined) return undefined;
  return ts.isStringLiteralLike(module) ? module.text : undefined;
}

/** `@Get('health')` is a path without a slash; only the argument itself is known here. */
function isPathPlace(node: ts.StringLiteral): boolean {
  return /^_?health(?:z|[-_]?check)?$|^(?:live|ready)z$/i.test(node.text);
}

function handler(node: ts.SignatureDeclaration, { header }: Context): WebFact | undefined {
  const { parameters } = node;
  if (parameters.length < 2 || parameters.length > 4 || !mayServe(header)) return undefined;
  return parameters.some(({ name }) => ts.isIdentifier(name) && isHandlerParameter(name.text))
    ? { kind: 'handler', node }
    : undefined;
}

function isHandlerParameter(name: string): boolean {
  return /^_*(?:req|request|res|response|reply|rep|next|ctx|context|c|done)$/.test(name);
}

function isMade(node: ts.CallExpression | ts.NewExpression, header: FileHeader): boolean {
  const reference = header.resolve(node.expression);
  return reference !== undefined && makerOf(reference) !== undefined;
}

function isOperation(node: ts.CallExpression, header: FileHeader): boolean {
  const { expression } = node;
  if (node.arguments.some(isCarried)) return true;
  if (ts.isPropertyAccessExpression(expression)) {
    const method = expression.name.text;
    if (VERBS.has(method)) return isRoute(node) && !isForeign(expression.expression, header);
    if (METHODS.has(method)) return !isForeign(expression.expression, header);
    return expression.expression.kind === ts.SyntaxKind.ThisKeyword && SETS_UP.test(method);
  }
  if (!ts.isIdentifier(expression)) return isLoaded(expression);
  return node.arguments.length === 0 ? SETS_UP.test(expression.text) : CARRIERS.test(expression.text);
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
  if (ts.isObjectLiteralExpression(last)) return false;
  return !ts.isStringLiteralLike(first) || /^(?:$|[/*:(])/.test(first.text);
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
function isCarried(argument: ts.Node): boolean {
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

function isCarriedName(name: string): boolean {
  return isRouterName(name) || /^(?:express|http|https|expressApp|instance|srv|web|koa|hono|application)$/i.test(name);
}

function hintOfCall(node: ts.CallExpression): Hint | undefined {
  const { expression } = node;
  const name = ts.isIdentifier(expression)
    ? expression.text
    : ts.isPropertyAccessExpression(expression)
      ? expression.name.text
      : undefined;
  if (name === undefined) return undefined;
  return hintOfName(name);
}

/** `module.exports`, `exports.x`. */
export function isExportsTarget(node: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(node)) return false;
  const { expression, name } = node;
  if (ts.isIdentifier(expression)) {
    return (expression.text === 'module' && name.text === 'exports') || expression.text === 'exports';
  }
  return ts.isPropertyAccessExpression(expression) && isExportsTarget(expression);
}

/** `x` of `this.x`. */
export function thisMember(node: ts.Node): string | undefined {
  const isMember = ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isMember ? node.name.text : undefined;
}
