import { z } from 'zod';
import { rule } from '#api';
import { deploymentFacet, hasGatewayInFront, isRunByPlatform } from '../../_shared/project/deploymentFacet.ts';
import { declaredFor } from '../../_shared/web/project/declared.ts';
import type { WebService } from '../../_shared/web/project/model.ts';
import {
  asksForWork,
  countRoutes,
  isCalledByPlatform,
  type KnownApp,
  knownApps,
  listSome,
  routeName,
  takesCareOf,
} from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { addLimiter, addLimiterForPaths, limiterFor } from './addLimiter.ts';
import { credentialRoutes } from './credentialRoutes.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Services that answer any number of requests, and logins that may be tried without end.',
    promise: 'Requests are limited, above all those that check passwords and codes',
    topics: ['rate limit', 'rate limiting', 'rate limiter', 'throttling', 'brute force', 'express-rate-limit'],
    subject: ['rateLimit', 'limiter', 'throttler', 'express', 'fastify', 'koa', 'hono', 'nestjs'],
    references: [
      {
        title: 'CWE-307: Improper Restriction of Excessive Authentication Attempts',
        url: 'https://cwe.mitre.org/data/definitions/307.html',
      },
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      { title: 'express-rate-limit', url: 'https://github.com/express-rate-limit/express-rate-limit' },
    ],
    messages: {
      none: 'The application made in {file} ({routes}) answers any number of requests: no rate limiter is registered on it or on its routers, and no code of the service counts requests. One client can guess passwords and use up the process. Register a limiter before the routes.{declared}',
      credentials:
        'The application made in {file} has a rate limiter, and none runs for {list}. Passwords and codes can be guessed there without end. Register a limiter for these routes.{declared}',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, deploymentFacet],
    check(ctx) {
      // A proxy may limit; its own settings cannot be read.
      if (hasGatewayInFront(ctx)) return;
      const services = webServices(ctx);
      for (const known of knownApps(services)) {
        const { app, service } = known;
        // Platforms have limits of their own, and so may have the service that hands requests on.
        if (isRunByPlatform(service.folder, ctx) || isCalledByPlatform(service)) continue;
        if (services.some((other) => other !== service && handsOn(other))) continue;
        if (app.framework === 'hono' && !app.handedTo.some((name) => name.startsWith('@hono/node-server#'))) continue;
        const declared = declaredFor(app, 'rateLimit', 'rateLimiter', ctx);
        if (declared.isDone) continue;
        const at = { ...app.place, facet: webFacet };
        const data = { file: app.localPath, framework: app.framework, declared: declared.note };
        const open = openCredentials(known);
        if (open.length > 0) {
          const list = listSome(open.map(routeName));
          ctx.report(at, 'credentials', { ...data, list, paths: open.map(({ path }) => path).join(' ') });
        } else if (!takesCareOf(known, 'limit') && app.routes.some(asksForWork)) {
          const remedy = limiterFor(app.framework)?.package ?? '';
          ctx.report(at, 'none', { ...data, routes: countRoutes(app), remedy });
        }
      }
    },
  },
  fixes: {
    none: [{ title: 'Register {remedy} as first middleware', safety: 'suggest', edits: addLimiter }],
    credentials: [{ title: 'Register a limiter for these paths', safety: 'suggest', edits: addLimiterForPaths }],
  },
});

const PROXIES =
  /^(?:http-proxy(?:-middleware|-3)?|express-http-proxy|express-gateway|@fastify\/(?:http-proxy|reply-from)|fast-gateway|koa-proxies|@apollo\/gateway)$/;

/** Whether a service is a gateway to others. */
function handsOn({ package: facts }: WebService): boolean {
  return facts?.dependencies.some((name) => PROXIES.test(name)) === true;
}

/** Routes that check credentials and that no limiter runs for, in an application that has one elsewhere. */
function openCredentials({ app, service }: KnownApp): ReturnType<typeof credentialRoutes> {
  // A limiter called inside handlers may be anywhere.
  if (service.hints.has('limit')) return [];
  const isLimited = app.routes.some(({ middleware }) => middleware.some(({ concerns }) => concerns.has('limit')));
  if (!isLimited) return [];
  return credentialRoutes(app).filter(
    ({ middleware, handler }) =>
      !middleware.some(({ concerns }) => concerns.has('limit')) && handler?.concerns.has('limit') !== true,
  );
}
