import { ts, unwrap } from '#api';
import { isFunctionValue } from '../enclosing.ts';
import type { SourceView } from '../sourceView.ts';
import type { Framework } from './frameworks.ts';
import { isRouterName, REGISTERS, routerFramework } from './routers.ts';

/** A call that registers handlers. */
export interface Route {
  readonly framework: Framework;
  /** `get`, `post` …, `use` for middleware, `all`, `hook` for hooks of Fastify, `listener` for servers of Node.js. */
  readonly method: string;
  /** Where it is mounted; `undefined` when it serves every path. */
  readonly path: ts.Expression | undefined;
  /** In the order in which they run, as written. */
  readonly handlers: readonly ts.Expression[];
  /** Set when the handlers take an error. */
  readonly errors: boolean;
}

/** Reads a call as a registration of handlers; `undefined` when it is none, or cannot be told. */
export function routeOf(call: ts.CallExpression, source: SourceView): Route | undefined {
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee)) return listenerOf(call, source);
  const method = callee.name.text;
  if (method === 'createServer' || method === 'on') return listenerOf(call, source);
  const isError = method === 'setErrorHandler' || method === 'onError';
  if (!REGISTERS.has(method) && !isError && method !== 'addHook') return undefined;
  const framework = routerFramework(callee.expression, source) ?? presumedFramework(callee.expression, call, source);
  if (framework === undefined) return undefined;
  const common = { framework, errors: false };
  if (isError) return { ...common, method: 'use', path: undefined, handlers: call.arguments, errors: true };
  if (method === 'addHook') {
    return { ...common, method: 'hook', path: undefined, handlers: call.arguments.slice(1) };
  }
  return (framework === 'fastify' ? optionsRoute(call) : undefined) ?? { ...common, method, ...split(call, method) };
}

type Split = Pick<Route, 'path' | 'handlers'>;

/** `get('/path', …)`, `use(…)` and `route('/path').get(…)`. */
function split(call: ts.CallExpression, method: string): Split {
  const [first, ...rest] = call.arguments;
  if (first === undefined) return { path: innerPath(call), handlers: [] };
  if (method === 'route') return { path: first, handlers: [] };
  if (isPath(first)) return { path: first, handlers: rest };
  // A path that a constant holds: nobody registers a route without one but on `route(path)`.
  const inner = innerPath(call);
  const named = method !== 'use' && inner === undefined && rest.length > 0;
  return named ? { path: first, handlers: rest } : { path: inner, handlers: call.arguments };
}

function isPath(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.length > 0 && node.elements.every(isPath);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isRegularExpressionLiteral(node);
}

function innerPath(call: ts.CallExpression): ts.Expression | undefined {
  let at: ts.Node = call.expression;
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) {
    if (
      ts.isCallExpression(at) &&
      ts.isPropertyAccessExpression(at.expression) &&
      at.expression.name.text === 'route'
    ) {
      return at.arguments[0];
    }
    at = at.expression;
  }
  return undefined;
}

/** `fastify.route({ method, url, handler })`. */
function optionsRoute(call: ts.CallExpression): Route | undefined {
  const [options] = call.arguments;
  if (options === undefined || !ts.isObjectLiteralExpression(options)) return undefined;
  const handlers: ts.Expression[] = [];
  let method = 'all';
  let path: ts.Expression | undefined;
  for (const property of options.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) continue;
    const { initializer } = property;
    if (property.name.text === 'url' || property.name.text === 'path') path = initializer;
    else if (/^(?:handler|pre[A-Z]\w*|onRequest)$/.test(property.name.text)) handlers.push(initializer);
    else if (property.name.text === 'method' && ts.isStringLiteralLike(initializer)) {
      method = initializer.text.toLowerCase();
    }
  }
  return { framework: 'fastify', method, path, handlers, errors: false };
}

/** `http.createServer(handler)`, and `server.on('request', handler)` of such a server. */
function listenerOf(call: ts.CallExpression, source: SourceView): Route | undefined {
  const route = { framework: 'http', method: 'listener', path: undefined, errors: false } as const;
  const callee = call.expression;
  const listener = call.arguments.at(-1);
  if (listener === undefined) return undefined;
  if (/^https?#createServer$|^http2#create(?:Secure)?Server$/.test(source.header.resolve(callee) ?? '')) {
    return { ...route, handlers: [listener] };
  }
  const [event] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'on' || event === undefined) return undefined;
  const isRequest = ts.isStringLiteralLike(event) && event.text === 'request';
  return isRequest && importsHttp(source) ? { ...route, handlers: [listener] } : undefined;
}

function importsHttp({ header }: SourceView): boolean {
  return ['http', 'https', 'http2'].some((module) => header.modules.has(module));
}

/**
 * A router that came from elsewhere, by its name and by a handler with the usual parameters, in a project that uses
 * Express: `module.exports = (app) => app.get('/', (req, res) => …)`.
 */
function presumedFramework(router: ts.Expression, call: ts.CallExpression, source: SourceView): Framework | undefined {
  const node = unwrap(router);
  const name = ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : '';
  if (!isRouterName(name) || source.header.dependency('express') === undefined) return undefined;
  const last = call.arguments.at(-1);
  const fn = last === undefined ? undefined : unwrap(last);
  if (fn === undefined || !isFunctionValue(fn)) return undefined;
  return fn.parameters.some(({ name: parameter }) => /^_?re[qs]$/.test(parameter.getText())) ? 'express' : undefined;
}
