import type { Framework } from '../frameworks.ts';
import type { WebFacts } from './facts.ts';
import type { Interpreter } from './interpreter.ts';
import type { Middleware, WebApp, WebRoute } from './model.ts';
import { nestPaths } from './nestPaths.ts';
import { nestGuards, nestRoutes } from './nestRoutes.ts';
import { comesBefore, type Order } from './order.ts';
import { covers, joinPaths } from './paths.ts';
import type { ObjectUse, Registration } from './registrations.ts';
import type { RunOrder } from './runOrder.ts';
import type { WebObject } from './things.ts';

/** Mounts deeper than this are a mistake of the model, not a program. */
const MAX_MOUNTS = 8;
const MAX_ROUTES = 2000;
/** Frameworks in which it matters when something is registered. */
const ORDERED: ReadonlySet<Framework> = new Set(['express', 'koa', 'hono']);

/**
 * Puts together an application with all that is mounted in it.
 * @param own files of its package: controllers of Nest belong to the package's application
 */
export function describeApp(
  object: WebObject,
  localPath: string,
  uses: ReadonlyMap<WebObject, ObjectUse>,
  own: readonly (readonly [string, WebFacts])[],
  run: RunOrder,
  { evaluate }: Interpreter,
): WebApp {
  const routes: WebRoute[] = [];
  const middleware: Middleware[] = [];
  const errorHandlers: Middleware[] = [];
  const handedTo = new Set<string>();
  const unfollowed = new Set<string>();

  const visit = (
    at: WebObject,
    prefix: string,
    inherited: readonly Middleware[],
    around: readonly WebObject[],
    outer: Order,
    isConditional: boolean,
  ): void => {
    const use = uses.get(at);
    if (use === undefined || around.includes(at) || around.length > MAX_MOUNTS) return;
    const within = [...around, at];
    const base = use.prefix === '' ? prefix : joinPaths(prefix, use.prefix);
    for (const one of use.handedTo) handedTo.add(one);
    for (const one of use.unfollowed) unfollowed.add(one);
    const moments = ORDERED.has(at.framework)
      ? run.momentsOf(
          at,
          use.registrations.map(({ operation }) => operation),
          use.listensIn,
        )
      : undefined;
    const orderOf = ({ operation }: Registration): Order => [...outer, moments?.get(operation)];
    const common = use.registrations.filter(({ method }) => method === 'use' || method === 'errors');
    const running: Middleware[] = [...inherited];
    for (const registration of common) {
      const order = orderOf(registration);
      for (const handler of registration.handlers) {
        const placed = { ...handler, path: joinPaths(base, registration.path), order };
        if (handler.isUnknown) unfollowed.add(lastName(handler));
        if (registration.method === 'errors' || handler.takesErrors) errorHandlers.push(placed);
        else if (registration.mounts.length === 0) {
          middleware.push(placed);
          running.push(placed);
        } else middleware.push(placed);
      }
    }
    for (const registration of use.registrations) {
      const path = joinPaths(base, registration.path);
      const order = orderOf(registration);
      const before = running.filter((one) => covers(one.path, path) && comesBefore(order, one.order) !== true);
      for (const mount of registration.mounts) {
        const placed = registration.handlers.map((handler) => ({ ...handler, path, order }));
        visit(
          mount,
          path,
          [...before, ...placed],
          within,
          order,
          isConditional || registration.operation.maybe === true,
        );
      }
      if (registration.method === 'use' || registration.method === 'errors' || registration.mounts.length > 0) continue;
      if (routes.length < MAX_ROUTES) routes.push(routeOf(registration, path, before, order, isConditional));
    }
  };

  visit(object, '', [], [], [], false);
  if (object.framework === 'nest') {
    middleware.push(...nestGuards(own, { path: object.path, anchor: object.at }));
    const paths = nestPaths(uses.get(object)?.nesting ?? [], evaluate);
    routes.push(...own.flatMap(([path, facts]) => nestRoutes(path, facts, middleware, paths)));
  }
  return {
    framework: object.framework,
    place: { path: object.path, anchor: object.at },
    localPath,
    routes,
    middleware,
    errorHandlers,
    isLocal: uses.get(object)?.isLocal === true,
    listensIn: [...(uses.get(object)?.listensIn ?? [])],
    handedTo: [...handedTo],
    unfollowed: [...unfollowed],
  };
}

function routeOf(
  { method, place, handlers, operation }: Registration,
  path: string,
  before: readonly Middleware[],
  order: Order,
  isConditional: boolean,
): WebRoute {
  const handler = handlers.at(-1);
  return {
    method,
    path: path === '' ? '/' : path,
    place,
    middleware: [...before, ...handlers.slice(0, -1)],
    handler,
    isPublic: false,
    order,
    maybe: isConditional || operation.maybe === true,
  };
}

function lastName({ names }: Middleware): string {
  return names.at(-1) ?? 'a value that cannot be told';
}
