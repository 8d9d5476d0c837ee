import { z } from 'zod';
import { rule } from '#api';
import { hoistAwait } from './fixes.ts';
import { raceOf } from './races.ts';
import { type Write, writeOf } from './writes.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Shared state that is written by what was true before an await.',
    promise: 'No decision about shared state outlives an await',
    topics: [
      'race condition',
      'check-then-act',
      'race conditions',
      'concurrent access',
      'mutex',
      'lost update',
      'atomic updates',
    ],
    subject: ['async', 'mutex', 'lock', 'running', 'concurrency'],
    references: [
      {
        title: 'CWE-367: Time-of-check Time-of-use Race Condition',
        url: 'https://cwe.mitre.org/data/definitions/367.html',
      },
      {
        title: 'CWE-362: Concurrent Execution using Shared Resource with Improper Synchronization',
        url: 'https://cwe.mitre.org/data/definitions/362.html',
      },
      { title: 'ESLint: require-atomic-updates', url: 'https://eslint.org/docs/latest/rules/require-atomic-updates' },
    ],
    messages: {
      stale:
        '{place} is read before this await and written after it, so what others add meanwhile is lost. Await first, then read and write in one go.',
      flag: '{place} is only set after an await, so a second caller passes the check meanwhile and does everything again. Set it before the first await, or share the promise.',
      opened:
        'While this is awaited {place} is still unset, so a second caller opens another one, and the first is never closed. Keep the promise in place of its result, or lock.',
      carried:
        '{place} was read before an await and is written back after it, so what others changed meanwhile is lost. Read it after the wait, or change it in one go.',
      entry:
        'Whether {place} has this was asked before an await, so a second caller passes the same check meanwhile and does everything again. Keep the promise as the entry, or make the entry before the first await.',
      count:
        'Between the check of {place} and this change others pass the same check, so its limit does not hold. Change it before the first await, or check again after it.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      ExpressionStatement: (node, { header }): Write | undefined => writeOf(node, header),
      ReturnStatement: (node, { header }): Write | undefined => writeOf(node, header),
    },
    each(write, ctx) {
      const found = raceOf(write, ctx);
      if (found === undefined) return;
      const related =
        found.guard === undefined
          ? []
          : [{ at: found.guard, label: found.race === 'carried' ? 'It is read here.' : 'It is checked here.' }];
      ctx.report(write.node, found.race, { place: write.place }, { related });
    },
  },
  fixes: { stale: [{ title: 'Await first', safety: 'suggest', edits: hoistAwait }] },
});
