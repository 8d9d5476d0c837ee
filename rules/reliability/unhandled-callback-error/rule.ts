import { z } from 'zod';
import { rule } from '#api';
import { ignoredError } from './ignoredError.ts';
import { passOn } from './passOn.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Callbacks that never look at their error.',
    promise: 'Every callback looks at its error',
    topics: ['callback error', 'unhandled error', 'error-first callback', 'ignored error'],
    subject: ['callback', 'err', 'error'],
    references: [
      { title: 'Node.js: Error-first callbacks', url: 'https://nodejs.org/api/errors.html#error-first-callbacks' },
      { title: 'CWE-391: Unchecked Error Condition', url: 'https://cwe.mitre.org/data/definitions/391.html' },
    ],
    messages: {
      ignored:
        'This callback of {name} never looks at {error}: it goes on as if nothing had happened, with a result that is not there. Handle it first, or pass it on.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      CallExpression(node, ctx) {
        const found = ignoredError(node, ctx.header);
        if (found !== undefined) ctx.report(found.error, 'ignored', { name: found.name, error: found.error.text });
      },
    },
  },
  fixes: { ignored: [passOn] },
});
