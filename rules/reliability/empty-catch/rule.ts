import { z } from 'zod';
import { rule } from '#api';
import { isExplained } from './explained.ts';
import { logError } from './logError.ts';
import { emptyCatch, emptyHandler, type Swallowed } from './swallowed.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Errors that are caught and dropped without a word.',
    promise: 'No error is caught and dropped without a reason',
    topics: ['empty catch', 'swallowed error', 'error handling', 'swallowed exception', 'silent failure'],
    subject: ['catch', 'error', 'logger'],
    references: [
      {
        title: 'CWE-390: Detection of Error Condition Without Action',
        url: 'https://cwe.mitre.org/data/definitions/390.html',
      },
      { title: 'CWE-1069: Empty Exception Block', url: 'https://cwe.mitre.org/data/definitions/1069.html' },
    ],
    messages: {
      clause:
        'What fails in this try is dropped, and the code goes on as if it had worked. Log the error, throw it on, or say in a comment why nobody has to know.',
      handler:
        'A failure of this promise is dropped, and the code goes on as if it had worked. Log the error, throw it on, or say in a comment why nobody has to know.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      TryStatement: (node): Swallowed | undefined => emptyCatch(node),
      CallExpression: { named: /^catch$/, listen: (node): Swallowed | undefined => emptyHandler(node) },
    },
    check(ctx) {
      for (const fact of ctx.scope.all()) {
        if (isExplained(fact, ctx.file)) continue;
        if (fact.kind === 'try') ctx.report(fact.clause, 'clause');
        else ctx.report(fact.handler, 'handler');
      }
    },
  },
  fixes: {
    clause: [{ title: 'Log the error', safety: 'suggest', edits: logError }],
    handler: [{ title: 'Log the error', safety: 'suggest', edits: logError }],
  },
});
