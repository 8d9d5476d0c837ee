import { z } from 'zod';
import { rule } from '#api';
import { limitIn } from './limits.ts';
import { constantName, nameLimit } from './name.ts';
import { refuses } from './refusals.ts';

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Limits of load that are numbers in the middle of the code.',
    promise: 'Limits of load have names and can be set',
    topics: ['hardcoded limit', 'magic number', 'configurable limit', 'concurrency limit', 'max connections'],
    subject: ['max', 'limit', 'connections', 'concurrency'],
    references: [
      { title: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' },
      {
        title: 'CWE-1106: Insufficient Use of Symbolic Constants',
        url: 'https://cwe.mitre.org/data/definitions/1106.html',
      },
    ],
    messages: {
      limit:
        'How much {counted} may grow before it is refused is a number in the middle of the code, so raising it under load takes a release. Give it a name, and let the environment set it.',
    },
  },
  options: z.strictObject({}),
  node: {
    on: {
      IfStatement(node, ctx) {
        const { expression, thenStatement, elseStatement } = node;
        const reached = limitIn(expression);
        let limit = reached !== undefined && refuses(thenStatement) ? reached : undefined;
        if (limit === undefined && elseStatement !== undefined && refuses(elseStatement))
          limit = limitIn(expression, true);
        if (limit === undefined) return;
        ctx.report(limit.literal, 'limit', { counted: limit.counted, constant: constantName(limit.counted) });
      },
    },
  },
  fixes: {
    limit: [{ title: 'Make it {constant}', safety: 'suggest', edits: nameLimit }],
  },
});
