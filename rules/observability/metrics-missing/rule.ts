import { z } from 'zod';
import { rule } from '#api';
import { reportMissing, SERVICE_FACETS } from '../../_shared/web/project/missingInService.ts';

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
    facets: SERVICE_FACETS,
    check: (ctx) => reportMissing({ sign: 'metrics', packages: PACKAGES }, ctx),
  },
});
