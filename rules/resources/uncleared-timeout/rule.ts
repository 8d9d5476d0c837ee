import { z } from 'zod';
import { type CollectContext, rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { clearInCleanup } from '../../_shared/lifecycle/clearInCleanup.ts';
import { clearAfterRace, clearAtEnd } from './fixes.ts';
import { isLong, isShort, problemOf } from './problems.ts';
import { racingTimeouts } from './races.ts';

interface Fact {
  readonly kind: 'timeout' | 'race';
  readonly call: ts.CallExpression;
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Timeouts that go on when what they were for is over.',
    promise: 'Timeouts are cleared when what they were for is over',
    topics: ['setTimeout', 'clearTimeout', 'uncleared timeout', 'timer leak', 'clear timers', 'Promise.race timeout'],
    subject: ['setTimeout', 'timeout'],
    references: [
      { title: 'CWE-772: Missing Release of Resource', url: 'https://cwe.mitre.org/data/definitions/772.html' },
      { title: 'MDN: clearTimeout()', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/clearTimeout' },
      { title: 'Node.js: timers', url: 'https://nodejs.org/api/timers.html' },
    ],
    messages: {
      race: 'When the other promise wins, this timeout goes on: it keeps all that it holds, and the process, until it fires for nobody. Keep the handle and clear it when the race is over.',
      effect:
        'This timeout fires after its effect is over as well, and works with what is no longer shown. Return a clean-up from the effect that clears it.',
      object:
        '{ending}() does not clear {name}, so the timeout fires after the object is done for. Call clearTimeout({name}) in {ending}().',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: /^(?:race|setTimeout)$/, listen: factOf } },
    each({ kind, call }, ctx) {
      if (kind === 'race') {
        for (const { runner, timeout } of racingTimeouts(call, ctx)) {
          if (isShort(timeout, ctx)) continue;
          const isInside = timeout.pos >= runner.pos && timeout.end <= runner.end;
          ctx.report(isInside ? timeout : runner, 'race');
        }
        return;
      }
      if (!isLong(call, ctx)) return;
      const problem = problemOf(call, ctx);
      if (problem?.message === 'effect') ctx.report(call, 'effect', { name: problem.name });
      else if (problem !== undefined) ctx.report(call, 'object', { name: problem.name, ending: problem.ending });
    },
  },
  fixes: { race: [clearAfterRace], effect: [clearInCleanup('clearTimeout')], object: [clearAtEnd] },
});

function factOf(call: ts.CallExpression, { header }: Pick<CollectContext<unknown>, 'header'>): Fact | undefined {
  const name = calledName(call);
  if (name === 'race')
    return header.resolve(call.expression) === 'global#Promise.race' ? { kind: 'race', call } : undefined;
  if (name !== 'setTimeout' || call.arguments.length < 2) return undefined;
  return /^(?:global|timers)#setTimeout$/.test(header.resolve(call.expression) ?? '')
    ? { kind: 'timeout', call }
    : undefined;
}
