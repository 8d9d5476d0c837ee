import type { Middleware, WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { changesSomething, isOpenByPurpose } from '../../_shared/web/project/purposes.ts';

/** A route that something authenticates for. */
export interface GuardedRoute {
  readonly route: WebRoute;
  /** What the code calls that. */
  readonly guard: string;
}

/** Names of what lets in known users alone. */
const GUARD =
  /auth(?!or(?!i[sz]))|jwt|token|passport|protect|logged_?in|signed_?in|session|permission|role|admin|bearer|credential|api_?key|requires?_?(?:user|login)|user_?(?:required|only)/i;
/** Named like a guard, and lets everybody pass. */
const NOT_A_GUARD = /optional|maybe|attach|populate|deserialize|initiali[sz]e|limit|throttl|csrf|public|anonymous/i;

/** Routes that change something and that a guard runs for. */
export function guardedRoutes({ routes }: WebApp): readonly GuardedRoute[] {
  return routes.filter(changesSomething).flatMap((route) => {
    const guard = route.middleware.map(guardName).find((name) => name !== undefined);
    return guard === undefined || isOpenByPurpose(route) ? [] : [{ route, guard }];
  });
}

/** Routes that change something and that nothing which may authenticate runs for. */
export function openRoutes({ routes }: WebApp): readonly WebRoute[] {
  return routes.filter(
    (route) =>
      changesSomething(route) &&
      !route.isPublic &&
      !isOpenByPurpose(route) &&
      !route.middleware.some(mayAuthenticate) &&
      !mayAuthenticateItself(route.handler),
  );
}

/** What to call middleware that is known to authenticate. */
function guardName(middleware: Middleware): string | undefined {
  const { known, concerns, names, maybe, isUnknown } = middleware;
  if (maybe || !concerns.has('auth')) return undefined;
  const name = lastName(names);
  if (name === undefined || NOT_A_GUARD.test(name)) return undefined;
  return (known.has('auth') && !isUnknown) || GUARD.test(name) ? name : undefined;
}

/** The last name that is not that of an inline function. */
function lastName(names: readonly string[]): string | undefined {
  const name = names.map((one) => one.slice(one.lastIndexOf('#') + 1)).findLast((one) => /^[\w$.]+$/.test(one));
  return name === 'default' ? undefined : name;
}

function mayAuthenticate({ concerns, isUnknown }: Middleware): boolean {
  return concerns.has('auth') || isUnknown;
}

/** The handler asks who calls, or cannot be seen. */
function mayAuthenticateItself(handler: Middleware | undefined): boolean {
  return handler !== undefined && (handler.known.has('auth') || handler.isUnknown);
}
