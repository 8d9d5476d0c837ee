import { z } from 'zod';
import { rule } from '#api';
import { handlerName, mountOf } from '../../_shared/web/project/handlers.ts';
import { moveToEnd } from '../../_shared/web/project/moveRegistration.ts';
import { comesBefore } from '../../_shared/web/project/order.ts';
import {
  asksForWork,
  countRoutes,
  isCalledByPlatform,
  knownApps,
  listRoutes,
} from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { handlesNothing, reportersBehind, routesBehind } from './handlers.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Applications of Express whose errors find no handler: there is none, or it is registered before routes.',
    promise: 'Errors of all routes get to a handler of errors',
    topics: ['error handler', 'error handling', 'error middleware', 'global error handler', 'middleware order'],
    subject: ['express', 'errorHandler', 'ErrorRequestHandler', 'setupExpressErrorHandler'],
    references: [
      { title: 'Express: error handling', url: 'https://expressjs.com/en/guide/error-handling.html' },
      { title: 'CWE-391: Unchecked Error Condition', url: 'https://cwe.mitre.org/data/definitions/391.html' },
      {
        title: 'CWE-209: Generation of Error Message Containing Sensitive Information',
        url: 'https://cwe.mitre.org/data/definitions/209.html',
      },
    ],
    messages: {
      early:
        '{name} handles errors and is registered before {list}. Express looks for handlers of errors only behind the route that failed, so errors there get past this one. Register it behind all routes.',
      missing:
        'The application made in {file} ({routes}) has no handler of errors. Express then answers with a page of its own, with the stack trace unless NODE_ENV says production, and the error is nowhere but in the log. Register a function with four parameters behind all routes.',
      unheard:
        '{first} answers errors and does not pass them on, and {name} is registered behind it, so Sentry hears of none. Register {name} between the routes and {first}.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const known of knownApps(webServices(ctx))) {
        const { app, service } = known;
        if (app.framework !== 'express') continue;
        if (handlesNothing(app) && !isCalledByPlatform(service) && app.routes.some(asksForWork)) {
          ctx.report({ ...app.place, facet: webFacet }, 'missing', { file: app.localPath, routes: countRoutes(app) });
        }
        for (const handler of app.errorHandlers) {
          const at = { ...handler.place, facet: webFacet };
          const name = handlerName(handler);
          // Of several in a row the last one answers.
          const isRepeated = app.errorHandlers.some(
            (other) => other.order.length === handler.order.length && comesBefore(handler.order, other.order) === true,
          );
          const late = isRepeated ? [] : routesBehind(handler, app);
          const last = mountOf(late, handler, 'last');
          if (late.length > 0)
            ctx.report(at, 'early', { name, list: listRoutes(late), ...(last !== undefined && { last }) });
          const [first] = reportersBehind(handler, app);
          if (first !== undefined) ctx.report(at, 'unheard', { name, first: handlerName(first) });
        }
      }
    },
  },
  fixes: { early: [{ title: 'Register {name} behind all routes', safety: 'safe', edits: moveToEnd }] },
});
