import { z } from 'zod';
import { rule } from '#api';
import { hasFewRecords, isCurated } from '../../_shared/data/fewRecords.ts';
import { type PagingNode, pagingArgument, pagingName } from '../../_shared/data/paging.ts';
import { preparesData } from '../../_shared/places.ts';
import { pageNumber } from './pageNumber.ts';

/** Words of the libraries for how many records a query leaves out first. */
const OFFSETS = new Set(['skip', 'offset', '$skip']);

/** Lists that few people go through. */
const FEW_READERS = /(?:^|\/)(?:admin|backoffice|internal)|admin[^/]*$/i;

const collect = (node: PagingNode) => (OFFSETS.has(pagingName(node) ?? '') ? node : undefined);

export const options = z.strictObject({
  small: z.array(z.string()).default([]).describe('Models and tables that stay small, as the code names them.'),
});

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Pages of a list that are found by counting from its beginning.',
    promise: 'Long lists are paged with cursors',
    topics: ['cursor pagination', 'offset pagination', 'keyset pagination', 'cursor-based pagination'],
    subject: ['cursor', 'skip', 'offset'],
    references: [
      {
        title: 'Prisma: pagination',
        url: 'https://www.prisma.io/docs/orm/prisma-client/queries/pagination',
      },
      { title: 'Use The Index, Luke: no offset', url: 'https://use-the-index-luke.com/no-offset' },
    ],
    messages: {
      counted:
        'The database reads and drops everything before this page, so {page} makes each query slower than the last, and records that are added meanwhile show twice. Go on from the last record seen, with a cursor.',
    },
  },
  options,
  file: {
    collect: {
      PropertyAssignment: { named: OFFSETS, listen: collect },
      ShorthandPropertyAssignment: { named: OFFSETS, listen: collect },
      CallExpression: { named: OFFSETS, listen: collect },
    },
    each(node, ctx) {
      const { localPath } = ctx.header;
      if (preparesData(localPath) || FEW_READERS.test(localPath)) return;
      const argument = pagingArgument(node, ctx);
      const target = argument?.target ?? '';
      if (argument === undefined || ctx.options.small.includes(target)) return;
      if (hasFewRecords(target) || isCurated(target)) return;
      const page = pageNumber(argument.value, ctx);
      if (page !== undefined) ctx.report(argument.value, 'counted', { page });
    },
  },
});
