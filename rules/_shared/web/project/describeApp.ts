import type { WebFacts } from './facts.ts';
import type { Middleware, WebApp, WebRoute } from './model.ts';
import { nestGuards, nestRoutes } from './nestRoutes.ts';
import { covers, joinPaths } from './paths.ts';
import type { ObjectUse, Registration } from './registrations.ts';
import type { WebObject } from './things.ts';

/** Mounts deeper than this are a mistake of the model, not a program. */
const MAX_MOUNTS = 8;
const MAX_ROUTES = 2000;

/**
 * Puts together an application with all that is mounted in it.
 * @param own files of its package: controllers of Nest belong to the package's application
 */
export function describeApp(
  object: WebObject,
  localPath: string,
  uses: ReadonlyMap<WebObject, ObjectUse>,
  own: readonly (readonly [string, WebFacts])[],
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
  ): void => {
    const use = uses.get(at);
    if (use === undefined || around.includes(at) || around.length > MAX_MOUNTS) return;
    const within = [...around, at];
    for (const one of use.handedTo) handedTo.add(one);
    for (const one of use.unfollowed) unfollowed.add(one);
    const common = use.registrations.filter(({ method }) => method === 'use' || method === 'errors');
    const running: Middleware[] = [...inherited];
    for (const registration of common) {
      for (const handler of registration.handlers) {
        const placed = { ...handler, path: joinPaths(prefix, registration.path) };
        if (handler.isUnknown) unfollowed.add(lastName(handler));
        if (registration.method === 'errors' || handler.takesErrors) errorHandlers.push(placed);
        else if (registration.mounts.length === 0) {
          middleware.push(placed);
          running.push(placed);
        } else middleware.push(placed);
      }
    }
    for (const registration of use.registrations) {
      const path = joinPaths(prefix, registration.path);
      for (const mount of registration.mounts) {
        const placed = registration.handlers.map((handler) => ({ ...handler, path }));
        visit(mount, path, [...running.filter((one) => covers(one.path, path)), ...placed], within);
      }
      if (registration.method === 'use' || registration.method === 'errors' || registration.mounts.length > 0) continue;
      if (routes.length < MAX_ROUTES) routes.push(routeOf(registration, path, running));
    }
  };

  visit(object, '', [], []);
  if (object.framework === 'nest') {
    middleware.push(...nestGuards(own, { path: object.path, anchor: object.at }));
    routes.push(...own.flatMap(([path, facts]) => nestRoutes(path, facts, middleware)));
  }
  return {
    framework: object.framework,
    place: { path: object.path, anchor: object.at },
    localPath,
    routes,
    middleware,
    errorHandlers,
    isLocal: uses.get(object)?.isLocal === true,
    handedTo: [...handedTo],
    unfollowed: [...unfollowed],
  };
}

function routeOf({ method, place, handlers }: Registration, path: string, running: readonly Middleware[]): WebRoute {
  const handler = handlers.at(-1);
  const before = running.filter((one) => covers(one.path, path));
  return {
    method,
    path: path === '' ? '/' : path,
    place,
    middleware: [...before, ...handlers.slice(0, -1)],
    handler,
    isPublic: false,
  };
}

function lastName({ names }: Middleware): string {
  return names.at(-1) ?? 'a value that cannot be told';
}
