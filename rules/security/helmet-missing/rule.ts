import { z } from 'zod';
import { rule } from '#api';
import { declaredFor } from '../../_shared/web/project/declared.ts';
import type { WebApp } from '../../_shared/web/project/model.ts';
import { countRoutes, knownApps, takesCareOf } from '../../_shared/web/project/questions.ts';
import { HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { addHeaders, remedyFor } from './addHeaders.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Services that send none of the headers by which browsers protect their users.',
    promise: 'Responses carry security headers',
    topics: ['helmet', 'security headers', 'http headers', 'hsts', 'content-security-policy', 'clickjacking'],
    subject: ['helmet', 'secureHeaders', 'express', 'fastify', 'koa', 'hono'],
    references: [
      {
        title: 'Express: production best practices, use Helmet',
        url: 'https://expressjs.com/en/advanced/best-practice-security.html',
      },
      { title: 'CWE-693: Protection Mechanism Failure', url: 'https://cwe.mitre.org/data/definitions/693.html' },
      {
        title: 'OWASP HTTP Security Response Headers Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html',
      },
    ],
    messages: {
      missing:
        'The application made in {file} ({routes}) sends no security headers: {remedy} is registered nowhere, and no code of the service sets them. Browsers then allow framing, content sniffing and plain HTTP. Register {remedy} before everything else.{declared}',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const known of knownApps(webServices(ctx))) {
        const { app } = known;
        const remedy = remedyFor(app.framework);
        if (remedy === undefined || takesCareOf(known, 'headers') || isForMachines(app)) continue;
        const declared = declaredFor(app, 'securityHeaders', undefined, ctx);
        if (declared.isDone) continue;
        ctx.report({ ...app.place, facet: webFacet }, 'missing', {
          file: app.localPath,
          routes: countRoutes(app),
          remedy: remedy.label,
          framework: app.framework,
          declared: declared.note,
        });
      }
    },
  },
  fixes: { missing: [{ title: 'Register {remedy} as first middleware', safety: 'suggest', edits: addHeaders }] },
});

const METRICS = /\/metrics$/;

/** Whether an application answers nothing but what is asked of a worker from time to time: its metrics, and whether it lives. */
function isForMachines({ routes }: WebApp): boolean {
  return (
    routes.some(({ path }) => METRICS.test(path)) &&
    routes.every(({ path }) => HEALTH_PATH.test(path) || METRICS.test(path))
  );
}
