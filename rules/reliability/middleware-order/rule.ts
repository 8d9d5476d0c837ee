import { z } from 'zod';
import { rule } from '#api';
import { handlerName, mountOf } from '../../_shared/web/project/handlers.ts';
import { moveToEnd, moveToStart } from '../../_shared/web/project/moveRegistration.ts';
import { isCalledByPlatform, knownApps, listRoutes } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { isDeployed, WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { bareRoutes, isLate, unparsedRoutes, wallsOf } from './order.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Routes that no request reaches or that run without the middleware registered for them, by their order.',
    promise: 'Middleware and routes are registered in the order in which they have to run',
    topics: ['middleware order', 'route order', 'catch-all route', 'not found handler', 'body parser'],
    subject: ['express', 'koa', 'notFound', 'bodyParser', 'helmet', 'cors'],
    references: [
      { title: 'Express: using middleware', url: 'https://expressjs.com/en/guide/using-middleware.html' },
      { title: 'Express: answering 404', url: 'https://expressjs.com/en/starter/faq.html' },
      { title: 'CWE-696: Incorrect Behavior Order', url: 'https://cwe.mitre.org/data/definitions/696.html' },
    ],
    messages: {
      unreachable:
        '{name} lets no request pass, and it is registered before {list}, so nobody reaches what stands behind it. Register it behind all routes.',
      late: '{name} lets no request pass, and {list} is registered behind it: only after something was waited for. Wait until the routes are there before it is registered.',
      unparsed:
        '{name} parses bodies and is registered behind {list}, whose code reads the body: it is undefined there. Register it before these routes.',
      bare: '{name} is registered behind {list}, whose responses go without the headers that it adds. Register it before these routes.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      const services = webServices(ctx).filter(isDeployed);
      // What stands behind a wall does so whatever else is registered.
      for (const app of services.flatMap(({ apps }) => apps)) {
        for (const wall of wallsOf(app)) {
          const data = { name: handlerName(wall.handler), list: listRoutes(wall.routes) };
          const last = mountOf(wall.routes, wall, 'last');
          const id = isLate(wall) ? 'late' : 'unreachable';
          ctx.report({ ...wall.place, facet: webFacet }, id, { ...data, ...(last !== undefined && { last }) });
        }
      }
      for (const { app, service } of knownApps(services)) {
        for (const one of app.middleware) {
          const unparsed = isCalledByPlatform(service) ? [] : unparsedRoutes(one, app);
          const behind = unparsed.length > 0 ? unparsed : bareRoutes(one, app);
          if (behind.length === 0) continue;
          const first = mountOf(behind, one, 'first');
          const data = { name: handlerName(one), list: listRoutes(behind), ...(first !== undefined && { first }) };
          ctx.report({ ...one.place, facet: webFacet }, unparsed.length > 0 ? 'unparsed' : 'bare', data);
        }
      }
    },
  },
  fixes: {
    unreachable: [{ title: 'Register {name} behind these routes', safety: 'suggest', edits: moveToEnd }],
    unparsed: [{ title: 'Register {name} before these routes', safety: 'suggest', edits: moveToStart }],
    bare: [{ title: 'Register {name} before these routes', safety: 'suggest', edits: moveToStart }],
  },
});
