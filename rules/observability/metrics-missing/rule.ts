import { z } from 'zod';
import { rule } from '#api';
import { runningFacet } from '../../_shared/project/runningFacet.ts';
import { surroundingsOf } from '../../_shared/project/surroundings.ts';
import { isCalledByPlatform, knownApps } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';

/** Clients and agents that bring numbers about requests to somebody who watches. */
const PACKAGES =
  /^(?:prom-client|@opentelemetry\/.*|.*prometheus.*|.*prom-bundle|fastify-metrics|hot-shots|.*statsd.*|dd-trace|datadog-metrics|newrelic|elastic-apm-node|applicationinsights|@azure\/monitor-opentelemetry|appmetrics.*|swagger-stats|express-status-monitor|@appsignal\/.*|@instana\/.*|measured.*|lightstep-tracer|@splunk\/.*|@google-cloud\/(?:monitoring|opentelemetry.*)|aws-embedded-metrics|@aws-lambda-powertools\/metrics|@sentry\/.*|@dynatrace\/.*|influx|@influxdata\/.*|@pm2\/io|aws-xray-sdk.*|@logfire\/.*|@axiomhq\/.*|@highlight-run\/.*|scout-apm.*|@scout_apm\/.*|@uptrace\/.*)$/;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Services that count nothing.',
    promise: 'Services publish metrics',
    topics: ['metrics', 'prometheus', 'prom-client', 'opentelemetry', 'statsd'],
    subject: ['prom-client', 'metrics', 'opentelemetry', 'express', 'fastify', 'koa', 'nestjs'],
    references: [
      { title: 'Prometheus: instrumentation', url: 'https://prometheus.io/docs/practices/instrumentation/' },
      { title: 'OpenTelemetry: metrics', url: 'https://opentelemetry.io/docs/concepts/signals/metrics/' },
    ],
    messages: {
      missing:
        'The service of the application made in {file} publishes no metrics: it depends on no client for Prometheus, OpenTelemetry or StatsD, on no agent, and answers no path such as /metrics. Nobody sees that it slows down or fails more often before users say so. Count requests, errors and durations.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, runningFacet],
    check(ctx) {
      const services = webServices(ctx);
      const told = new Set<string>();
      for (const { app, service } of knownApps(services)) {
        // One finding for each service: what is missing is missing in its process. Hono mostly runs on platforms that watch it.
        if (told.has(service.folder) || app.routes.length === 0 || app.framework === 'hono') continue;
        told.add(service.folder);
        if (isCalledByPlatform(service)) continue;
        const { signs, dependencies } = surroundingsOf(service, services, ctx);
        if (signs.has('metrics') || dependencies.some((name) => PACKAGES.test(name))) continue;
        ctx.report({ ...app.place, facet: webFacet }, 'missing', { file: app.localPath });
      }
    },
  },
});
