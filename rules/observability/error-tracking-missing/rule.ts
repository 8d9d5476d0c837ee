import { z } from 'zod';
import { rule } from '#api';
import { reportMissing, SERVICE_FACETS } from '../../_shared/web/project/missingInService.ts';

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
    facets: SERVICE_FACETS,
    check: (ctx) => reportMissing({ sign: 'tracking', packages: PACKAGES }, ctx),
  },
});
