import { z } from 'zod';
import { rule, type ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { keepFulfilled } from './fixes.ts';
import { blindReads } from './reads.ts';

export default rule({
  meta: {
    priority: 'P2',
    // Nothing was found in the public code it was judged on: off until something was.
    enabled: false,
    since: 'next',
    summary: 'Results of Promise.allSettled that are used without asking whether they are there.',
    promise: 'Failures that Promise.allSettled collects are looked at',
    topics: ['Promise.allSettled', 'allSettled', 'settled results', 'unhandled rejection'],
    subject: ['allSettled'],
    references: [
      {
        title: 'MDN: Promise.allSettled()',
        url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Promise/allSettled',
      },
      {
        title: 'CWE-754: Improper Check for Unusual or Exceptional Conditions',
        url: 'https://cwe.mitre.org/data/definitions/754.html',
      },
    ],
    messages: {
      blind:
        'Only some of these results have a {member}, and nothing here asks for their status, so the others go on as undefined and their outcome is lost. Ask whether status is {status} first.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^allSettled$/,
        listen: (call, { header }): ts.CallExpression | undefined => {
          if (calledName(call) !== 'allSettled') return undefined;
          return header.resolve(call.expression) === 'global#Promise.allSettled' ? call : undefined;
        },
      },
    },
    each(call, ctx) {
      for (const { node, member } of blindReads(call, ctx)) {
        ctx.report(node, 'blind', { member, status: member === 'value' ? 'fulfilled' : 'rejected' });
      }
    },
  },
  fixes: { blind: [keepFulfilled] },
});
