import type { Middleware, WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { comesBefore } from '../../_shared/web/project/order.ts';
import { covers, surelyCovers } from '../../_shared/web/project/paths.ts';
import { asksForWork } from '../../_shared/web/project/questions.ts';

/** Whether no function of an application may be a handler of errors, also by its name. */
export function handlesNothing({ errorHandlers, middleware, handedTo }: WebApp): boolean {
  return (
    errorHandlers.length === 0 &&
    !middleware.some(mayHandleErrors) &&
    !handedTo.some((reference) => reference.startsWith('@sentry/'))
  );
}

/** Routes that a handler of errors would run for, were it not registered before them, and no other one runs for. */
export function routesBehind(handler: Middleware, app: WebApp): readonly WebRoute[] {
  if (handler.maybe) return [];
  const others = [...app.errorHandlers, ...app.middleware.filter(mayHandleErrors)].filter((one) => one !== handler);
  const behind = app.routes.filter(
    (route) =>
      comesBefore(handler.order, route.order) === true &&
      surelyCovers(handler.path, route.path) &&
      !others.some((other) => covers(other.path, route.path) && comesBefore(other.order, route.order) !== true),
  );
  return behind.some(asksForWork) ? behind : [];
}

/** Handlers that answer errors for good, before a handler of Sentry that is to hear of the same errors. */
export function reportersBehind(handler: Middleware, app: WebApp): readonly Middleware[] {
  if (handler.reference?.startsWith('@sentry/') !== true) return [];
  return app.errorHandlers.filter(
    (other) =>
      other.ends && !other.maybe && other.path === handler.path && comesBefore(other.order, handler.order) === true,
  );
}

function mayHandleErrors({ concerns, isUnknown, reference, names }: Middleware): boolean {
  return (
    isUnknown || (concerns.has('errors') && reference === undefined) || /err/i.test(reference ?? names.at(-1) ?? '')
  );
}
