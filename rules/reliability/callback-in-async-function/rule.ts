import { z } from 'zod';
import { rule, ts } from '#api';
import { awaitCallback } from './awaitCallback.ts';
import { type CallbackCall, callbackCall } from './callbackCall.ts';
import { resolvedTooEarly } from './resolvedTooEarly.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Calls with a callback in async functions, which do not wait for it.',
    promise: 'Async functions wait for all that they start',
    topics: ['callback', 'promisify', 'async/await', 'promise wrapper', 'callback style'],
    subject: ['async', 'promise', 'callback', 'promisify'],
    references: [
      {
        title: 'Node.js: util.promisify()',
        url: 'https://nodejs.org/api/util.html#utilpromisifyoriginal',
      },
      {
        title: 'MDN: Promise() constructor',
        url: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/Promise',
      },
    ],
    messages: {
      callback:
        'This async function is done before {name} calls back: whoever awaits it goes on too early, and what the callback throws reaches nobody. Await a promise of the result.',
      timer:
        'This async function is done before {name} calls back, so it returns without what the callback sets, and what that throws ends the process. Await a promise of the delay.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      ExpressionStatement: (node, { header }): CallbackCall | undefined => callbackCall(node, header),
    },
    each(fact, ctx) {
      if (resolvedTooEarly(fact) === undefined) return;
      const { expression } = fact.call;
      const place = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
      ctx.report(place, fact.isTimer ? 'timer' : 'callback', { name: fact.name });
    },
  },
  fixes: { callback: [{ title: 'Await the callback', safety: 'suggest', edits: awaitCallback }] },
});
