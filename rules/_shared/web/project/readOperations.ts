import { type Anchor, ts, unwrap } from '#api';
import { isFunctionValue } from '../../enclosing.ts';
import { isLogical } from '../../operators.ts';
import type { Operation, Value } from './facts.ts';
import { METHODS, VERBS } from './operationCalls.ts';
import { NOT_CONSTANT } from './paths.ts';
import type { TimingReader } from './readTiming.ts';
import type { ValueReader } from './readValues.ts';

/** Methods that hand an application to something: what they are called on matters, not what they give back. */
const HANDS_OVER = /^(?:on|once|attach|applyMiddleware|setupExpress|handleUpgrade|init|inject)$/;

const UNKNOWN: Value = { is: 'unknown' };

/** Reads what a call or construction does with applications, routers and servers. */
export function operationOf(
  node: ts.CallExpression | ts.NewExpression,
  at: Anchor,
  reader: ValueReader,
  timing: TimingReader,
): Operation {
  const args = (node.arguments ?? []).map((argument) => argument as ts.Expression);
  const maybe = isConditional(node) && { maybe: true as const };
  const base = { in: reader.keys.around(node), at, ...maybe, ...timing.of(node) };
  const callee = unwrap(node.expression);
  const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
  const isMethod = method !== undefined && (VERBS.has(method) || METHODS.has(method) || HANDS_OVER.test(method));
  if (!isMethod || !ts.isPropertyAccessExpression(callee)) {
    return { ...base, method: 'call', on: reader.value(callee), args: args.map(reader.value) };
  }
  const on = reader.value(callee.expression);
  if (method === 'route' || method === 'group') {
    const options = args[0] === undefined ? undefined : reader.value(args[0]);
    if (options?.is === 'object') return { ...base, on, ...optionsRoute(options.members) };
  }
  const inner = innerPath(callee.expression, reader);
  const values = method === 'use' ? args.map(reader.value).flatMap(mounted) : args.map(reader.value);
  const [first] = args[0] === undefined || isHandlerArgument(args[0]) ? [] : values;
  // Nobody registers a route without a path but on `route(path)`.
  const hasPath =
    (first !== undefined && pathOf(first) !== undefined) ||
    (VERBS.has(method) && inner === undefined && args.length > 1);
  const given = handlersIn(hasPath ? values.slice(1) : values, method);
  // What comes first in `addHook('onRequest', …)` is an event: the hook runs for all.
  const place = method === 'addHook' ? undefined : hasPath ? (first ?? UNKNOWN) : inner;
  return { ...base, method, on, ...(place === undefined ? {} : placeOf(place)), args: given };
}

function placeOf(value: Value): Pick<Operation, 'path' | 'where'> {
  const path = pathOf(value);
  if (path !== undefined) return { path };
  return { path: NOT_CONSTANT, ...(mayBeText(value) && { where: value }) };
}

/** What packages of Koa put together: `mount('/status', app)`, `compose([first, second])`. */
function mounted(value: Value): readonly Value[] {
  if (value.is !== 'call' || value.callee.is !== 'import' || value.callee.name !== '') return [value];
  const { module } = value.callee;
  if (module === 'koa-mount') return value.args;
  const [list] = module === 'koa-compose' ? value.args : [];
  return list?.is === 'list' ? list.items : [value];
}

/** The last argument of `fastify.get('/x', { schema, handler })` is options and a handler in one. */
function handlersIn(values: readonly Value[], method: string): readonly Value[] {
  const last = values.at(-1);
  const handler = VERBS.has(method) && last?.is === 'object' ? last.members['handler'] : undefined;
  return handler === undefined ? values : [...values, handler];
}

/** Whether another file, or a caller, may say that it is a text. */
function mayBeText(value: Value): boolean {
  switch (value.is) {
    case 'import':
    case 'parameter':
    case 'field':
      return true;
    case 'member':
    case 'each':
      return mayBeText(value.of);
    case 'either':
      return value.of.some(mayBeText);
    case 'object':
    case 'list':
      return true;
    default:
      return false;
  }
}

function isHandlerArgument(node: ts.Expression): boolean {
  const inner = unwrap(node);
  return isFunctionValue(inner) || ts.isObjectLiteralExpression(inner);
}

/** The path that a value gives; several are joined by `|`. */
function pathOf(value: Value): string | undefined {
  if (value.is === 'text') return value.text;
  if (value.is !== 'list' || value.items.length === 0) return undefined;
  const paths = value.items.map(pathOf);
  return paths.every((path) => path !== undefined) ? paths.join('|') : undefined;
}

/** `router.route('/path').get(…)`. */
function innerPath(receiver: ts.Node, reader: ValueReader): Value | undefined {
  let at: ts.Node = unwrap(receiver);
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) {
    const isRoute =
      ts.isCallExpression(at) &&
      ts.isPropertyAccessExpression(at.expression) &&
      at.expression.name.text === 'route' &&
      at.arguments.length === 1;
    if (isRoute && ts.isCallExpression(at)) return reader.value(at.arguments[0]);
    at = unwrap(at.expression);
  }
  return undefined;
}

/** `fastify.route({ method, url, preHandler, handler })`. */
function optionsRoute(members: Readonly<Record<string, Value>>): Pick<Operation, 'method' | 'path' | 'args'> {
  const { method, url, path, handler, ...options } = members;
  const methods = method === undefined ? undefined : pathOf(method);
  const where = url ?? path;
  return {
    method: methods?.toLowerCase() ?? 'all',
    path: (where && pathOf(where)) ?? NOT_CONSTANT,
    args: [{ is: 'object', members: options }, ...(handler === undefined ? [] : [handler])],
  };
}

/** Whether a condition stands between a statement and the function around it. */
function isConditional(node: ts.Node): boolean {
  let inner = node;
  for (let up = node.parent; up !== undefined && !ts.isFunctionLike(up); up = up.parent) {
    if (ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isSwitchStatement(up) || ts.isCatchClause(up)) {
      return true;
    }
    if (ts.isBinaryExpression(up) && up.right === inner && isLogical(up.operatorToken.kind)) return true;
    inner = up;
  }
  return false;
}
