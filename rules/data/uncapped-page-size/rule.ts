import { z } from 'zod';
import { rule } from '#api';
import { type PagingNode, pagingArgument, pagingName } from '../../_shared/data/paging.ts';
import { preparesData } from '../../_shared/places.ts';
import { isBounded } from './bounds.ts';
import { cap } from './cap.ts';
import { requestedSize } from './requestedSize.ts';

/** Words of the libraries for how many records a query gives back. */
const SIZES = new Set(['take', 'limit', '$limit']);

const collect = (node: PagingNode) => (SIZES.has(pagingName(node) ?? '') ? node : undefined);

export const options = z.strictObject({
  max: z.int().min(1).default(100).describe('The largest page that the fix lets a request ask for.'),
});

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Page sizes that a request chooses and nothing keeps within bounds.',
    promise: 'No request decides how many records a query reads',
    topics: ['page size', 'pagination limit', 'max limit', 'uncapped limit', 'maximum page size'],
    subject: ['limit', 'take', 'pageSize', 'perPage'],
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
      uncapped:
        '{size} comes from the request and nothing keeps it from being a million: one such request reads the whole table into memory while others wait for the database. Give it an upper bound.',
    },
  },
  options,
  file: {
    collect: {
      PropertyAssignment: { named: SIZES, listen: collect },
      ShorthandPropertyAssignment: { named: SIZES, listen: collect },
      CallExpression: { named: SIZES, listen: collect },
    },
    each(node, ctx) {
      if (preparesData(ctx.header.localPath)) return;
      const argument = pagingArgument(node, ctx);
      const size = argument && requestedSize(argument.value, ctx);
      if (argument === undefined || size === undefined || isBounded(node, size.names, ctx)) return;
      ctx.report(argument.value, 'uncapped', { size: size.sent.getText() });
    },
  },
  fixes: { uncapped: [cap] },
});
