import { z } from 'zod';
import { rule, ts, unwrap } from '#api';
import { constantOf } from '../../_shared/browser/constants.ts';
import { isChosen, isOutsideProduction } from './development.ts';
import { type FullRate, fullRate, fullRateSet, fullSampler, RATES, rateBehind, SAMPLERS } from './fullRate.ts';
import { rateFromEnvironment } from './rateFromEnvironment.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Tracing and profiling that record every request in production.',
    promise: 'Traces and profiles are sampled in production',
    topics: ['tracesSampleRate', 'trace sampling', 'profilesSampleRate', 'sampling rate', 'sentry sampling'],
    subject: ['tracesSampleRate', 'profilesSampleRate', 'tracesSampler', 'profileSessionSampleRate', 'sentry'],
    references: [
      {
        title: 'Sentry: Sampling',
        url: 'https://docs.sentry.io/platforms/javascript/guides/node/configuration/sampling/',
      },
    ],
    messages: {
      rate: '{option} of {rate} records {what} of more requests than anybody reads: it slows every one of them, uses up the quota, and then the errors that matter are dropped. Record a sample, and let the environment set its size.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      PropertyAssignment: { named: RATES, listen: (node): FullRate | undefined => fullRate(node) },
      NewExpression: {
        named: SAMPLERS,
        imported: true,
        listen: (node, { header }): FullRate | undefined => fullSampler(node, header),
      },
      BinaryExpression: {
        named: (name) => name.endsWith(' =') && RATES.has(name.slice(0, -2)),
        listen: (node): FullRate | undefined => fullRateSet(node),
      },
    },
    each({ option, what, rate: written, value }, ctx) {
      if (isOutsideProduction(value) || (SAMPLERS.has(option) && isChosen(value))) return;
      const name = unwrap(value);
      const held = ts.isIdentifier(name) ? constantOf(name, (identifier) => ctx.lookup(identifier)) : undefined;
      const rate = written ?? rateBehind(held);
      if (rate !== undefined) ctx.report(value, 'rate', { option, what, rate });
    },
  },
  fixes: {
    rate: [{ title: 'Take the rate from the environment', safety: 'suggest', edits: rateFromEnvironment }],
  },
});
