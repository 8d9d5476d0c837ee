import { z } from 'zod';
import { type Finding, type FixContext, rule, type TextEdit, type ts } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { mayBound, type UpperBound, upperBoundOf } from './assertions.ts';
import { durationUnit, numberOf } from './durations.ts';

type Fact = { readonly kind: 'bound'; readonly bound: UpperBound } | { readonly kind: 'clock' };

/** Calls after which the clock of a test is not the wall's, or after which a late test gets another chance. */
const CLOCK_CALLS =
  /^(?:useFakeTimers|setSystemTime|advanceTimers\w*|runAllTimers\w*|retryTimes|retries|fakeAsync|freeze)$/;
/** Calls that may put something in the place of the clock. */
const CLOCK_MOCKS = /^(?:spyOn|install|enable|stub|replace)$/;
/** What has to be named for a spy or a mock to be one of the clock. */
const CLOCK_TEXT = /\b(?:Date|performance|hrtime|timers|clock)\b/;

/** Files that are made to measure, and that nobody runs beside others. */
const MEASURES = /[./_-](?:bench(?:mark)?s?|perf(?:ormance)?|load|stress)(?=[./_-])/i;

function factOf(call: ts.CallExpression): Fact | undefined {
  const bound = upperBoundOf(call);
  if (bound !== undefined) return { kind: 'bound', bound };
  return changesClock(call) ? { kind: 'clock' } : undefined;
}

function changesClock(call: ts.CallExpression): boolean {
  const name = calledName(call);
  if (name === undefined) return false;
  if (CLOCK_CALLS.test(name)) return true;
  if (!CLOCK_MOCKS.test(name)) return false;
  const receiver = memberCall(call)?.receiver.getText() ?? '';
  return (
    CLOCK_TEXT.test(receiver) ||
    /faketimers|lolex/i.test(receiver) ||
    CLOCK_TEXT.test(call.arguments[0]?.getText() ?? '')
  );
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Tests that fail when the machine is busy, because one measured time has to stay below a short literal.',
    promise: 'No test fails because the machine that runs it is busy',
    appliesTo: 'tests',
    topics: ['flaky test', 'timing assertion', 'performance test', 'fake timers', 'elapsed time in tests'],
    subject: ['it', 'test', 'expect'],
    references: [
      { title: 'Jest: Timer mocks', url: 'https://jestjs.io/docs/timer-mocks' },
      { title: 'Vitest: Timers', url: 'https://vitest.dev/guide/mocking' },
    ],
    messages: {
      strict:
        'This fails whenever the machine needs more than {limit} for anything else, and says nothing about the code then. Compare the median of many runs, use fake timers, or allow much more time.',
    },
  },
  options: z.strictObject({
    roomy: z
      .int()
      .min(1)
      .default(1000)
      .describe('From how many milliseconds on a bound is no more than a guard against hanging.'),
  }),
  file: {
    collect: {
      CallExpression: {
        named: (name) => mayBound(name) || CLOCK_CALLS.test(name) || CLOCK_MOCKS.test(name),
        listen: factOf,
      },
    },
    check(ctx) {
      const facts = [...ctx.scope.all()];
      if (MEASURES.test(ctx.header.localPath) || facts.some(({ kind }) => kind === 'clock')) return;
      for (const fact of facts) {
        if (fact.kind !== 'bound') continue;
        const { value, bound } = fact.bound;
        const number = numberOf(bound, ctx);
        const unit = number === undefined ? undefined : durationUnit(value, ctx);
        if (number === undefined || unit === undefined) continue;
        const milliseconds = number * unit;
        if (milliseconds <= 0 || milliseconds >= ctx.options.roomy) continue;
        ctx.report(bound, 'strict', {
          limit: milliseconds < 1 ? `${milliseconds * 1000} µs` : `${milliseconds} ms`,
          // What the fix writes: in the unit of the bound.
          roomy: Math.max(ctx.options.roomy, milliseconds * 10) / unit,
        });
      }
    },
  },
  fixes: {
    strict: [
      {
        title: 'Allow {roomy} instead',
        safety: 'suggest',
        edits: allowMore,
      },
    ],
  },
});

/** Replaces the bound, where it is written as a number. */
function allowMore(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const text = ctx.text.slice(finding.start, finding.end);
  const { roomy } = ctx.data;
  return /^[\d_.e]+$/i.test(text) && typeof roomy === 'number' && Number.isInteger(roomy)
    ? [ctx.replace(finding, String(roomy))]
    : undefined;
}
