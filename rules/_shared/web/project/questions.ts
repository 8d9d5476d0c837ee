import type { WebApp, WebRoute, WebService } from './model.ts';
import { type Concern, HEALTH_PATH } from './vocabulary.ts';
import { isDeployed } from './webModel.ts';

/** A service's application of which everything that is registered is known. */
export interface KnownApp {
  readonly app: WebApp;
  readonly service: WebService;
}

/**
 * Applications about which it can be said that something is missing: of packages that are deployed, that others
 * than their own machine reach, and with nothing registered on them that could not be followed.
 */
export function knownApps(services: readonly WebService[]): readonly KnownApp[] {
  return services
    .filter(isDeployed)
    .flatMap((service) =>
      service.apps
        .filter(({ unfollowed, isLocal }) => unfollowed.length === 0 && !isLocal)
        .map((app) => ({ app, service })),
    );
}

/**
 * Whether anything may take care of a concern for the whole application: middleware on it, a package that the service
 * imports wherever (whether it is mounted is another rule's matter), or code that does it by hand.
 */
export function takesCareOf({ app, service }: KnownApp, concern: Concern): boolean {
  if (service.imports.has(concern)) return true;
  if ((concern === 'headers' || concern === 'limit' || concern === 'csrf') && service.hints.has(concern)) return true;
  return [...app.middleware, ...app.routes.flatMap(({ middleware }) => middleware)].some(({ concerns }) =>
    concerns.has(concern),
  );
}

const PLATFORMS =
  /^(?:serverless(?:-http|-offline)?|@vendia\/serverless-express|@codegenie\/serverless-express|aws-serverless-express|@fastify\/aws-lambda|aws-lambda-fastify|@types\/aws-lambda|firebase-functions|@google-cloud\/functions-framework|@netlify\/functions|@vercel\/node|@azure\/functions|wrangler|@cloudflare\/workers-types|sst)$/;

/** Whether a service depends on what lets a platform call it for each request: listening is for development then. */
export function isCalledByPlatform({ package: facts }: WebService): boolean {
  return facts?.dependencies.some((name) => PLATFORMS.test(name)) === true;
}

/** Whether a route answers at the root of its application. */
export function isRootRoute({ method, path }: WebRoute): boolean {
  return /^(?:get|all)$/.test(method) && (path === '/' || path === '');
}

/** Whether a route answers every path that nothing else does. */
export function isCatchAll({ method, path }: WebRoute): boolean {
  return /^(?:get|all)$/.test(method) && /^\/?(?:\*\w*|\{\*\w+\}|\(\.\*\))$/.test(path);
}

/** Whether answering a route takes more than a page, a check, or the answer that there is nothing. */
export function asksForWork(route: WebRoute): boolean {
  return !HEALTH_PATH.test(route.path) && !isRootRoute(route) && !isCatchAll(route);
}

/** `POST /login`. */
export function routeName({ method, path }: WebRoute): string {
  return `${method === 'all' ? 'ALL' : method.toUpperCase()} ${path}`;
}

/** `one route`, `14 routes`: how much of an application a message says was looked at. */
export function countRoutes({ routes }: WebApp): string {
  return routes.length === 1 ? 'one route' : `${routes.length} routes`;
}

/** Up to `limit` of many, and how many more there are: `POST /login, POST /reset and 3 more`. */
export function listSome(items: readonly string[], limit = 4): string {
  const shown = items.slice(0, limit).join(', ');
  return items.length > limit ? `${shown} and ${items.length - limit} more` : shown;
}

/** The first three of some routes, for messages. */
export function listRoutes(routes: readonly WebRoute[]): string {
  return listSome(routes.map(routeName), 3);
}
