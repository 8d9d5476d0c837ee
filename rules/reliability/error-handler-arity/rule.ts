import { z } from 'zod';
import { rule } from '#api';
import { addNext } from './addNext.ts';
import { shortErrorHandlers, typedFact, useFact } from './errorHandlers.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Error handlers of Express with three parameters, which Express takes for ordinary middleware.',
    promise: 'Error handlers take the four parameters by which Express knows them',
    topics: ['error handler', 'error handling', 'error middleware', 'global error handler', 'ErrorRequestHandler'],
    subject: ['express', 'ErrorRequestHandler', 'errorHandler', 'error'],
    references: [
      { title: 'Express: error handling', url: 'https://expressjs.com/en/guide/error-handling.html' },
      { title: 'CWE-391: Unchecked Error Condition', url: 'https://cwe.mitre.org/data/definitions/391.html' },
    ],
    messages: {
      tooFew:
        'Express knows error handlers by their four parameters. With three, {error} is the request, this runs for every request that gets here, and errors go past it. Add the fourth parameter, even unused.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: /^use$/, listen: useFact }, VariableDeclaration: typedFact },
    check(ctx) {
      for (const { fn, error } of shortErrorHandlers(ctx.scope.all(), ctx)) {
        const last = fn.parameters[2];
        const first = fn.parameters[0];
        if (first !== undefined && last !== undefined) {
          ctx.report({ start: first.getStart(), end: last.end }, 'tooFew', { error });
        }
      }
    },
  },
  fixes: { tooFew: [{ title: 'Add the fourth parameter', safety: 'safe', edits: addNext }] },
});
