import { z } from 'zod';
import { rule } from '#api';
import type { WebRoute } from '../../_shared/web/project/model.ts';
import { knownApps } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { purposeOf } from './paths.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Debug, seed and reset routes that anybody can call in production.',
    promise: 'Debug, seed and reset routes are guarded or left out of production',
    topics: ['debug endpoint', 'debug route', 'seed endpoint', 'reset endpoint', 'diagnostic endpoint', 'dev routes'],
    subject: ['debug', 'seed', 'reset', 'diagnostics', 'env'],
    references: [
      { title: 'CWE-489: Active Debug Code', url: 'https://cwe.mitre.org/data/definitions/489.html' },
      {
        title: 'CWE-497: Exposure of Sensitive System Information',
        url: 'https://cwe.mitre.org/data/definitions/497.html',
      },
    ],
    messages: {
      debug:
        '{route} shows what is inside this program, or does what only its developers need, for whoever asks. Guard it, or register it outside production alone.',
      data: '{route} fills, changes or empties the database for whoever asks. Guard it, or register it outside production alone.',
      environment: {
        text: '{route} answers with the whole environment of the process, secrets included, to whoever asks. Remove it.',
        priority: 'P0',
      },
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const { app } of knownApps(webServices(ctx))) {
        for (const route of app.routes) {
          const what = route.handler?.hints.has('environment') ? 'environment' : purposeOf(route.method, route.path);
          if (what === undefined || isGuarded(route)) continue;
          const name = `${route.method.toUpperCase()} ${route.path}`;
          ctx.report({ ...route.place, facet: webFacet }, what, { route: name });
        }
      }
    },
  },
});

/** Whether something decides who may call a route, or whether it is there at all; what cannot be told may do so. */
function isGuarded({ handler, maybe, middleware }: WebRoute): boolean {
  if (maybe || handler === undefined || handler.isUnknown || handler.reference !== undefined) return true;
  if (handler.known.has('auth') || handler.hints.has('refusal')) return true;
  return middleware.some(({ concerns, hints, isUnknown }) => isUnknown || concerns.has('auth') || hints.has('refusal'));
}
