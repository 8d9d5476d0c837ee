import { z } from 'zod';
import { rule } from '#api';
import { runningFacet } from '../../_shared/project/runningFacet.ts';
import { surroundingsOf } from '../../_shared/project/surroundings.ts';
import { isCalledByPlatform, knownApps } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';

/** Packages that give each request an id, or follow it through the process. */
const PACKAGES =
  /^(?:pino-http|nestjs-pino|express-request-id|express-requestid|.*request-id.*|.*requestid.*|.*correlation.*|cls-.*|nestjs-cls|express-http-context.*|express-ctx|@opentelemetry\/.*|dd-trace|newrelic|elastic-apm-node|applicationinsights|@azure\/monitor-opentelemetry|@fastify\/request-context|koa-pino-logger|express-pino-logger|@sentry\/.*|aws-xray-sdk.*|@google-cloud\/(?:trace-agent|opentelemetry.*|logging-winston|logging-bunyan)|@instana\/.*|@appsignal\/.*|express-bunyan-logger|hono-pino|zipkin.*|jaeger-client|asynchronous-local-storage|@ogma\/.*|hyperid|@highlight-run\/.*|@dynatrace\/.*)$/;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Services whose log lines cannot be told apart by request.',
    promise: 'Log lines carry the id of their request',
    topics: ['request id', 'correlation id', 'request tracing', 'x-request-id', 'correlation'],
    subject: ['requestId', 'correlationId', 'pino-http', 'express', 'koa', 'nestjs'],
    references: [
      {
        title: 'OWASP Logging Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
      },
      { title: 'Node.js: asynchronous context tracking', url: 'https://nodejs.org/api/async_context.html' },
    ],
    messages: {
      missing:
        'The service of the application made in {file} gives requests no id: no middleware, header or package for it was found. When several requests run at once nobody can tell which log lines belong together. Take the id of X-Request-Id or make one, and log it with every line.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, runningFacet],
    check(ctx) {
      const services = webServices(ctx);
      const told = new Set<string>();
      for (const { app, service } of knownApps(services)) {
        // One finding for each service. Fastify gives requests an id itself, and Hono mostly runs on platforms that do.
        if (
          told.has(service.folder) ||
          app.routes.length === 0 ||
          app.framework === 'fastify' ||
          app.framework === 'hono'
        )
          continue;
        told.add(service.folder);
        if (isCalledByPlatform(service)) continue;
        const { signs, dependencies } = surroundingsOf(service, services, ctx);
        if (signs.has('correlation') || dependencies.some((name) => PACKAGES.test(name))) continue;
        ctx.report({ ...app.place, facet: webFacet }, 'missing', { file: app.localPath });
      }
    },
  },
});
