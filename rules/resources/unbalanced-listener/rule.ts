import { z } from 'zod';
import { rule, unwrap } from '#api';
import { removeAtEnd, removeInCleanup } from './fixes.ts';
import { ADDS, listeningOf, REMOVES } from './listening.ts';
import { problemOf } from './problems.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Listeners on what lives longer, added again and again and never removed.',
    promise: 'Listeners are removed when what added them is done',
    topics: [
      'event listener',
      'addEventListener',
      'removeEventListener',
      'listener leak',
      'MaxListenersExceededWarning',
    ],
    subject: ['addEventListener', 'removeEventListener', 'EventEmitter', 'removeListener', 'addListener'],
    references: [
      {
        title: 'CWE-401: Missing Release of Memory after Effective Lifetime',
        url: 'https://cwe.mitre.org/data/definitions/401.html',
      },
      {
        title: 'MDN: removeEventListener()',
        url: 'https://developer.mozilla.org/en-US/docs/Web/API/EventTarget/removeEventListener',
      },
      { title: 'Node.js: emitter.removeListener()', url: 'https://nodejs.org/api/events.html' },
    ],
    messages: {
      effect:
        '{target} outlives this effect and nothing takes the listener away, so each run adds one more that works with old values. Remove it in the clean-up of the effect.',
      object:
        '{target} outlives this object and {ending}() does not take the listener away, so the object stays in memory and goes on reacting. Remove it in {ending}().',
      repeated:
        'Each {occasion} adds one more listener to {target}, which outlives it, and nothing takes them away. Add it once, or remove it when the {occasion} is over.',
      vain: 'This removes nothing: the function handed to {method}() is made right here, so it is not the one that was added. Keep the function under a name and hand over the same one both times.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: (name) => ADDS.test(name) || REMOVES.test(name), listen: listeningOf } },
    each(fact, ctx) {
      if (fact.kind === 'vain') {
        ctx.report(fact.call, 'vain', { method: fact.method });
        return;
      }
      const problem = problemOf(fact, ctx);
      if (problem === undefined) return;
      const target = fact.receiver === undefined ? 'window' : unwrap(fact.receiver).getText();
      if (problem.message === 'object') ctx.report(fact.call, 'object', { target, ending: problem.ending });
      else if (problem.message === 'repeated')
        ctx.report(fact.call, 'repeated', { target, occasion: problem.occasion });
      else ctx.report(fact.call, 'effect', { target });
    },
  },
  fixes: { effect: [removeInCleanup], object: [removeAtEnd] },
});
