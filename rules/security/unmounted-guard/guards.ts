import type { Middleware, WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { comesBefore } from '../../_shared/web/project/order.ts';
import { covers } from '../../_shared/web/project/paths.ts';

/** Packages that use an application for themselves, and answer nothing on it that a guard is for. */
const ANSWERS_NOTHING =
  /^(?:https?|http2|spdy|net|ws|socket\.io|@socket\.io\/.*|http-terminator|stoppable|http-graceful-shutdown|http-shutdown|@sentry\/.*|cluster|@hono\/node-server)(?:#|$)/;

/** Middleware of packages that answers no request by itself, or only those that may not pass. */
const PASSES_ON =
  /^(?:cors|@koa\/cors|helmet|koa-helmet|morgan|koa-morgan|compression|koa-compress|cookie-parser|body-parser|koa-body(?:parser)?|express#(?:json|urlencoded|raw|text)|express-session|cookie-session|koa-session|passport|pino-http|express-pino-logger|express-winston|winston|hpp|method-override|response-time|connect-flash|express-flash|multer|express-fileupload|express-rate-limit|express-mongo-sanitize|xss-clean|express-useragent|request-ip|hono\/(?:logger|cors|compress|etag|timing|secure-headers|request-id))(?:[#.]|$)/;

/** Whether middleware is there to turn requests away or to protect: known by its package, or by its name and what it does. */
export function isGuard({ known, concerns, hints, reference, takesErrors }: Middleware): boolean {
  if (takesErrors) return false;
  if (reference !== undefined) return known.has('limit') || known.has('auth') || known.has('headers');
  return (concerns.has('auth') && known.has('auth') && hints.has('refusal')) || known.has('limit');
}

/** Routes that a guard was registered behind, when these are all that it could run for; none when it runs for something. */
export function routesTooEarly(guard: Middleware, app: WebApp): readonly WebRoute[] {
  const covered = app.routes.filter(({ path }) => covers(guard.path, path));
  if (covered.length === 0 || mayAnswer(guard, app)) return [];
  return covered.every((route) => comesBefore(route.order, guard.order) === true) ? covered : [];
}

/** Whether a guard stands under a path that an application answers nothing under. */
export function isBesideRoutes(guard: Middleware, app: WebApp): boolean {
  const segments = guard.path.split('/').filter((segment) => segment !== '');
  if (segments.length === 0 || !/^[\w/-]+$/.test(segments[0] ?? '') || /[|:(]/.test(guard.path)) return false;
  return !app.routes.some(({ path }) => covers(guard.path, path)) && !mayAnswer(guard, app);
}

/** Whether anything else than routes may answer requests that a guard runs for. */
function mayAnswer(guard: Middleware, { middleware, handedTo, framework }: WebApp): boolean {
  if (handedTo.some((reference) => !ANSWERS_NOTHING.test(reference))) return true;
  return middleware.some((one) => {
    if (one === guard || isGuard(one) || one.takesErrors || comesBefore(one.order, guard.order) === true) return false;
    if (!covers(guard.path, one.path) && !covers(one.path, guard.path)) return false;
    // The answer that there is nothing.
    if (framework === 'express' && one.ends && one.path === '') return false;
    return one.reference === undefined || !PASSES_ON.test(one.reference);
  });
}
