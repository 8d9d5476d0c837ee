import { z } from 'zod';
import { rule, type ts } from '#api';
import { hasFewRecords } from '../../_shared/data/fewRecords.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import { preparesData } from '../../_shared/places.ts';
import { addLimit } from './addLimit.ts';
import { isAnswered, nameOf } from './answered.ts';
import { mayList, NAMES, wholeList } from './wholeList.ts';

/** What is meant to hold everything. */
const WHOLE = /slug|sitemap|export|csv|feed|backup|dump|download|static/i;

export const options = z.strictObject({
  max: z.int().min(1).default(100).describe('How many records the fix lets a query read.'),
  small: z.array(z.string()).default([]).describe('Models and tables that stay small, as the code names them.'),
});

/** `getAllSlugs = async (req, res) => …`, `@Get() exportUsers()`. */
function isWholeByName(node: ts.Node): boolean {
  const fn = enclosingFunction(node);
  return fn !== undefined && WHOLE.test(functionName(fn));
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    enabled: false,
    summary: 'Requests that are answered with every record of a table.',
    promise: 'Every list that a request gets has a limit',
    topics: ['unbounded query', 'findMany limit', 'pagination', 'unbounded list', 'missing limit', 'take'],
    subject: ['findMany', 'findAll', 'limit', 'take', 'pagination', 'paginate'],
    references: [
      {
        title: 'CWE-770: Allocation of Resources Without Limits or Throttling',
        url: 'https://cwe.mitre.org/data/definitions/770.html',
      },
      {
        title: 'OWASP API4:2023 Unrestricted Resource Consumption',
        url: 'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/',
      },
    ],
    messages: {
      all: '{query} reads every record there is, and the answer holds them all: it grows with the table until a request takes seconds, and the memory of the process. Read a page of them.',
    },
  },
  options,
  file: {
    collect: { CallExpression: { named: NAMES, listen: (node) => (mayList(node) ? node : undefined) } },
    each(node, ctx) {
      if (preparesData(ctx.header.localPath) || WHOLE.test(ctx.header.localPath)) return;
      const list = wholeList(node, ctx);
      if (list === undefined) return;
      const target = list.target ?? '';
      if (hasFewRecords(target) || ctx.options.small.includes(target) || isWholeByName(node)) return;
      if (!isAnswered(list.query, ctx)) return;
      ctx.report(node, 'all', { query: nameOf(node) });
    },
  },
  fixes: { all: [addLimit] },
});
