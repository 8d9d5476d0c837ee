import type { WebFacts } from './facts.ts';
import type { Middleware, WebApp, WebPlace, WebRoute } from './model.ts';
import { covers, joinPaths } from './paths.ts';
import type { ObjectUse, Registration } from './registrations.ts';
import type { WebObject } from './things.ts';
import { CONCERN_NAMES, CONCERN_PACKAGES, type Concern } from './vocabulary.ts';

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
  if (object.framework === 'nest') routes.push(...own.flatMap(([path, facts]) => nestRoutes(path, facts, middleware)));
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
  return { method, path: path === '' ? '/' : path, place, middleware: [...before, ...handlers.slice(0, -1)], handler };
}

function nestRoutes(path: string, { controllers }: WebFacts, middleware: readonly Middleware[]): readonly WebRoute[] {
  return controllers.flatMap((controller) =>
    controller.routes.map((route): WebRoute => {
      const place = { path, anchor: route.at };
      const decorators = [...controller.decorators, ...route.decorators].map((name) => decorated(name, place));
      const full = joinPaths(`/${controller.path}`, route.path);
      return {
        method: route.method,
        path: full,
        place,
        middleware: [...middleware, ...decorators],
        handler: undefined,
      };
    }),
  );
}

/** A decorator as middleware: guards are named in it. */
function decorated(name: string, place: WebPlace): Middleware {
  const concerns = (Object.keys(CONCERN_NAMES) as readonly Concern[]).filter(
    (concern) =>
      CONCERN_NAMES[concern].test(name.replace(/^@nestjs\/common#/, '')) ||
      CONCERN_PACKAGES[concern].test(name.split('#')[0] ?? ''),
  );
  return {
    place,
    path: '',
    reference: name.includes('#') ? name : undefined,
    names: [name],
    concerns: new Set(concerns),
    isUnknown: false,
    takesErrors: false,
    maybe: false,
  };
}

function lastName({ names }: Middleware): string {
  return names.at(-1) ?? 'a value that cannot be told';
}
