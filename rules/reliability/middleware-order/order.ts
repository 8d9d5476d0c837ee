import type { Middleware, WebApp, WebPlace, WebRoute } from '../../_shared/web/project/model.ts';
import { comesBefore, type Order } from '../../_shared/web/project/order.ts';
import { covers, surelyCovers } from '../../_shared/web/project/paths.ts';
import { asksForWork, isCatchAll } from '../../_shared/web/project/questions.ts';

/** Parses bodies of requests, by its package. */
const PARSER =
  /^(?:express#(?:json|urlencoded|raw|text)|body-parser(?:[#.].*)?|koa-body(?:parser)?(?:#.*)?|@koa\/bodyparser(?:#.*)?)$/;
/** What else may read a body before a handler does. */
const MAY_PARSE = /body|pars|raw|upload|multer|multi|form|json|busboy|webhook|proxy|handler/i;
/** Adds to all responses what browsers go by. */
const ADDS_HEADERS = /^(?:helmet|koa-helmet|cors|@koa\/cors|hono\/cors|hono\/secure-headers)(?:[#.]|$)/;
/** Routes that do without: pages of documentation do not work under a strict policy, machines call webhooks. */
const DOES_WITHOUT = /docs?\b|swagger|openapi|graphi?ql|playground|web-?hook|callback|static|assets|favicon/i;

/** Something that answers every request which gets to it, with the routes that are registered behind it. */
export interface Wall {
  readonly place: WebPlace;
  readonly handler: Middleware;
  readonly order: Order;
  readonly routes: readonly WebRoute[];
}

/** What no request gets past in an application of Express, and the routes behind it. */
export function wallsOf(app: WebApp): readonly Wall[] {
  if (app.framework !== 'express') return [];
  const common = app.middleware
    .filter(({ ends, takesErrors, maybe }) => ends && !takesErrors && !maybe)
    .map((handler) => ({ handler, order: handler.order, place: handler.place, answers: answersUnder(handler.path) }));
  const routes = app.routes.flatMap((route) => {
    const { handler, order, place, method, maybe } = route;
    if (handler?.ends !== true || maybe || !isCatchAll(route)) return [];
    const isAnswered = (other: WebRoute) => method === 'all' || other.method === method;
    return [{ handler, order, place, answers: isAnswered }];
  });
  return [...common, ...routes].flatMap(({ answers, ...wall }) => {
    const behind = app.routes.filter(
      (route) => comesBefore(wall.order, route.order) === true && !isCatchAll(route) && answers(route),
    );
    return behind.length === 0 ? [] : [{ ...wall, routes: behind }];
  });
}

function answersUnder(path: string): (route: WebRoute) => boolean {
  return (route) => surelyCovers(path, route.path);
}

/** Whether routes are registered only once something was waited for. */
export function isLate({ routes }: Wall): boolean {
  return routes.every(({ order }) => order.some((moment) => moment?.apart?.isLater === true));
}

/** Routes whose handlers read a body that is parsed by middleware registered behind them. */
export function unparsedRoutes(parser: Middleware, app: WebApp): readonly WebRoute[] {
  if (!PARSER.test(parser.reference ?? '')) return [];
  const isEarly = ({ order }: WebRoute) => comesBefore(order, parser.order) === true;
  return app.routes.filter(
    (route) =>
      route.handler?.hints.has('body') === true &&
      route.handler.reference === undefined &&
      /^(?:post|put|patch)$/.test(route.method) &&
      covers(parser.path, route.path) &&
      isEarly(route) &&
      !route.middleware.some(mayParse) &&
      // A router that is mounted twice, once before the parser for the sake of one route, is meant to answer behind it.
      !app.routes.some((other) => isSamePlace(other, route) && !isEarly(other)),
  );
}

function isSamePlace(one: WebRoute, other: WebRoute): boolean {
  return one.place.path === other.place.path && one.place.anchor === other.place.anchor;
}

function mayParse({ isUnknown, reference, names }: Middleware): boolean {
  return isUnknown || [reference ?? '', ...names].some((name) => PARSER.test(name) || MAY_PARSE.test(name));
}

/** Routes whose responses go without the headers that middleware of the whole application adds behind them. */
export function bareRoutes(adding: Middleware, app: WebApp): readonly WebRoute[] {
  if (!ADDS_HEADERS.test(adding.reference ?? '') || adding.path !== '' || adding.maybe) return [];
  const kind = packageOf(adding);
  const isNeeded = (route: WebRoute) => asksForWork(route) && !DOES_WITHOUT.test(route.path);
  const bare = app.routes.filter(
    (route) =>
      isNeeded(route) &&
      comesBefore(route.order, adding.order) === true &&
      !route.middleware.some((one) => one.isUnknown || packageOf(one) === kind || one.known.has('headers')),
  );
  // Of helmet for which nothing is left to run security/unmounted-guard tells.
  return /cors$/.test(kind ?? '') || app.routes.some(({ order }) => comesBefore(order, adding.order) !== true)
    ? bare
    : [];
}

function packageOf({ reference }: Middleware): string | undefined {
  return reference?.replace(/[#.].*/, '');
}
