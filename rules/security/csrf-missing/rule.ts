import { z } from 'zod';
import { rule } from '#api';
import { declaredFor } from '../../_shared/web/project/declared.ts';
import { type KnownApp, knownApps, listSome, takesCareOf } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { exposedRoutes, sessionOf } from './sessions.ts';
import { setSameSite } from './setSameSite.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Cookie sessions that other sites can use: no CSRF protection and no sameSite.',
    promise: 'Other sites cannot act in the name of users',
    topics: ['csrf', 'csrf protection', 'csrf token', 'cross-site request forgery', 'sameSite'],
    subject: ['session', 'cookieSession', 'csrf', 'sameSite'],
    references: [
      {
        title: 'CWE-352: Cross-Site Request Forgery',
        url: 'https://cwe.mitre.org/data/definitions/352.html',
      },
      {
        title: 'OWASP: Cross-Site Request Forgery Prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html',
      },
    ],
    messages: {
      missing:
        'Other sites can act in the name of users of the application made in {file}: its session is a cookie without sameSite, nothing checks a token or where requests come from, and forms can send {list}. Set sameSite to lax or strict, and check a token where older browsers count.{declared}',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const known of knownApps(webServices(ctx))) {
        const { app } = known;
        const session = sessionOf(app);
        if (session === undefined || isProtected(known)) continue;
        const routes = exposedRoutes(app, session);
        const declared = declaredFor(app, 'csrfProtection', undefined, ctx);
        if (routes.length === 0 || declared.isDone) continue;
        const list = listSome(routes.map(({ method, path }) => `${method.toUpperCase().replaceAll('|', '/')} ${path}`));
        ctx.report({ ...session.place, facet: webFacet }, 'missing', {
          file: app.localPath,
          list,
          declared: declared.note,
        });
      }
    },
  },
  fixes: { missing: [{ title: 'Set sameSite to lax', safety: 'suggest', edits: setSameSite }] },
});

/** Libraries by which clients show who they are without a cookie. */
const TOKENS =
  /^(?:jsonwebtoken|jose|passport-jwt|passport-http-bearer|express-jwt|express-oauth2-jwt-bearer|koa-jwt|@nestjs\/jwt|@fastify\/jwt|fast-jwt)$/;

/** Something keeps other sites out, or the session is not what users are known by. */
function isProtected(known: KnownApp): boolean {
  const { service } = known;
  if (takesCareOf(known, 'csrf') || !service.hints.has('auth')) return true;
  return service.package?.dependencies.some((name) => TOKENS.test(name)) === true;
}
