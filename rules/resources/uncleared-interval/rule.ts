import { z } from 'zod';
import { rule } from '#api';
import { clearInCleanup } from '../../_shared/lifecycle/clearInCleanup.ts';
import { CLEARS, factOf, LETS_GO } from './facts.ts';
import { clearAtEnd, letProcessEnd } from './fixes.ts';
import { openIntervals } from './problems.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Intervals that nothing ends: the handle is dropped, or kept and never cleared.',
    promise: 'Every interval is cleared when what started it is done',
    topics: ['setInterval', 'clearInterval', 'uncleared interval', 'interval leak', 'timer leak', 'clear timers'],
    subject: ['setInterval', 'interval'],
    references: [
      { title: 'CWE-772: Missing Release of Resource', url: 'https://cwe.mitre.org/data/definitions/772.html' },
      { title: 'MDN: setInterval()', url: 'https://developer.mozilla.org/en-US/docs/Web/API/Window/setInterval' },
      { title: 'Node.js: timers', url: 'https://nodejs.org/api/timers.html' },
    ],
    messages: {
      dropped:
        'Nothing keeps the handle of this interval, so it runs until the process ends and holds all that its callback uses. Keep the handle and clear it when its owner is done.',
      uncleared:
        '{name} holds this interval and nothing ever clears it, so it goes on after its owner is done. Call clearInterval({name}) where the owner ends.',
      restarted:
        '{name} is only cleared to be started again, so the last interval runs for ever. Clear it where its owner ends as well.',
      collected:
        'Intervals go into {name} and nothing ever takes them out to clear them. Clear each of them where the owner ends.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: (name) => name === 'setInterval' || name === 'exit' || CLEARS.test(name) || LETS_GO.test(name),
        listen: factOf,
      },
    },
    check(ctx) {
      for (const { call, problem, name } of openIntervals([...ctx.scope.all()], ctx)) {
        if (problem === 'dropped') ctx.report(call, problem);
        else ctx.report(call, problem, { name });
      }
    },
  },
  fixes: {
    dropped: [clearInCleanup('clearInterval'), clearAtEnd, letProcessEnd],
    uncleared: [clearInCleanup('clearInterval'), clearAtEnd],
    restarted: [clearAtEnd],
  },
});
