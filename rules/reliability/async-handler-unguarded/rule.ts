import { z } from 'zod';
import { rule } from '#api';
import { catchAndPass, wrapHandler } from './fixes.ts';
import { handlersFacet } from './handlersFacet.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Async handlers of Express 4 whose errors reach nobody.',
    promise: 'Async handlers hand their errors to Express',
    topics: [
      'async handler',
      'asyncHandler',
      'express-async-errors',
      'async middleware',
      'unhandled rejection',
      'catchAsync',
    ],
    subject: ['express'],
    references: [
      { title: 'Express: Error handling', url: 'https://expressjs.com/en/guide/error-handling.html' },
      {
        title: 'CWE-755: Improper Handling of Exceptional Conditions',
        url: 'https://cwe.mitre.org/data/definitions/755.html',
      },
    ],
    messages: {
      unguarded:
        'Express 4 does not wait for async handlers, and nothing here takes the error: when this fails, the request gets no answer and the rejection ends the process. Catch it and call next(error), or wrap the handler.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [handlersFacet],
    check(ctx) {
      const files = [...ctx.all(handlersFacet)].filter(({ isTest }) => !isTest);
      const registered = new Map<string, Set<string>>();
      for (const { path, value } of files) {
        for (const { module, key } of value.registered) {
          const target = ctx.resolveImport(path, module);
          if (target === undefined) continue;
          const keys = registered.get(target) ?? new Set();
          registered.set(target, keys.add(key));
        }
      }
      for (const { path, value } of files) {
        for (const anchor of value.unguarded) ctx.report({ path, facet: handlersFacet, anchor }, 'unguarded');
        const keys = registered.get(path);
        for (const { at, key } of value.exported) {
          if (keys?.has(key)) ctx.report({ path, facet: handlersFacet, anchor: at }, 'unguarded');
        }
      }
    },
  },
  fixes: { unguarded: [wrapHandler, catchAndPass] },
});
