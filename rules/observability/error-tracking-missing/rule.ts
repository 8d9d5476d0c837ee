import { z } from 'zod';
import { rule } from '#api';
import { runningFacet } from '../../_shared/project/runningFacet.ts';
import { surroundingsOf } from '../../_shared/project/surroundings.ts';
import { isCalledByPlatform, knownApps } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';

/** Trackers, agents, and logs that are watched elsewhere. */
const PACKAGES =
  /^(?:@sentry\/.*|.*sentry.*|raven|@bugsnag\/.*|bugsnag|rollbar|raygun|newrelic|dd-trace|elastic-apm-node|@elastic\/apm.*|@opentelemetry\/.*|applicationinsights|@azure\/monitor-opentelemetry|@google-cloud\/(?:error-reporting|logging.*)|@honeybadger-io\/.*|@airbrake\/.*|airbrake|@appsignal\/.*|@highlight-run\/.*|posthog-node|@instana\/.*|@dynatrace\/.*|@logtail\/.*|@axiomhq\/.*|winston-(?:cloudwatch|slack.*|loggly.*|papertrail|logtail|datadog.*)|@datadog\/.*|pino-(?:datadog.*|cloudwatch|slack.*|loki|logflare)|winston-loki|@slack\/webhook|pagerduty.*|@pagerduty\/.*|opsgenie.*|@glitchtip\/.*|@exceptionless\/.*|stackify.*|@pm2\/io|loggly.*|node-loggly.*|aws-xray-sdk.*|@trackjs\/.*|@splunk\/.*|splunk-logging|gelf-pro|graylog2?|winston-graylog2)$/;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Services whose errors nobody hears of.',
    promise: 'Errors are reported to people',
    topics: ['error tracking', 'sentry', 'alerting', 'error monitoring', 'crash reporting'],
    subject: ['sentry', 'captureException', 'bugsnag', 'rollbar', 'express', 'fastify', 'koa', 'nestjs'],
    references: [
      { title: 'CWE-778: Insufficient Logging', url: 'https://cwe.mitre.org/data/definitions/778.html' },
      {
        title: 'OWASP Logging Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html',
      },
    ],
    messages: {
      missing:
        'The service of the application made in {file} tells nobody of its errors: it depends on no error tracker or agent, and no code sends alerts. What fails in production stays in a log until somebody complains. Report errors that nobody handles.',
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
        if (signs.has('tracking') || dependencies.some((name) => PACKAGES.test(name))) continue;
        ctx.report({ ...app.place, facet: webFacet }, 'missing', { file: app.localPath });
      }
    },
  },
});
