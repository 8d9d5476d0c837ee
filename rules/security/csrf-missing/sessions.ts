import type { Middleware, WebApp, WebRoute } from '../../_shared/web/project/model.ts';
import { changesSomething, isOpenByPurpose } from '../../_shared/web/project/purposes.ts';

/** What keeps who a user is behind a cookie. */
const SESSIONS =
  /^(?:express-session|cookie-session|client-sessions|koa-session|koa-generic-session|@fastify\/session|@fastify\/secure-session|fastify-session)(?:#|$)/;

/** What reads bodies that a form of any site can send; JSON needs the leave of the service. */
const FORMS =
  /#urlencoded$|^(?:body-parser(?:#urlencoded)?|koa-body(?:parser)?(?:#.*)?|@koa\/bodyparser(?:#.*)?|@fastify\/(?:formbody|multipart)|multer(?:#.*)?|express-fileupload|connect-multiparty|express-formidable)$/;

/** The session of an application, as it is registered. */
export function sessionOf({ middleware }: WebApp): Middleware | undefined {
  return middleware.find(({ reference, maybe }) => reference !== undefined && SESSIONS.test(reference) && !maybe);
}

/** Routes that change something behind a session, for clients that are known, with bodies as forms send them. */
export function exposedRoutes({ routes }: WebApp, session: Middleware): readonly WebRoute[] {
  return routes.filter(
    (route) =>
      changesSomething(route) &&
      !isOpenByPurpose(route) &&
      // Forms send GET and POST alone.
      /\bpost\b/.test(route.method) &&
      route.middleware.some(({ reference }) => reference === session.reference) &&
      route.middleware.some(({ reference }) => reference !== undefined && FORMS.test(reference)),
  );
}
