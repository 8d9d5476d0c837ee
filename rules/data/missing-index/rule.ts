import { z } from 'zod';
import { rule } from '#api';
import { addIndex } from './addIndex.ts';
import { missingIndexes } from './missingIndexes.ts';
import { queryFacet } from './queryFacet.ts';
import { schemaFacet } from './schemaFacet.ts';

/** Queries named beside the column. */
const MAX_RELATED = 10;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Columns of Prisma models that queries filter, join or sort by and that no index begins with.',
    promise: 'Queries find their rows by an index',
    topics: ['database index', 'missing index', '@@index', 'query performance', 'slow queries'],
    subject: ['prisma', 'findMany'],
    references: [
      { title: 'Prisma: Indexes', url: 'https://www.prisma.io/docs/orm/prisma-schema/data-model/indexes' },
      { title: 'Use The Index, Luke', url: 'https://use-the-index-luke.com/' },
    ],
    messages: {
      filtered:
        '{model} is filtered by {columns} and no index begins with that: the database reads the whole table each time, which takes longer with every row. Add @@index([{columns}]).',
      joined:
        '{model} is looked up by {columns}, for the rows that belong to another model, and no index begins with that: the database reads the whole table each time, which takes longer with every row. Add @@index([{columns}]).',
      sorted:
        '{model} is read page by page in the order of {columns} and no index has it: the database sorts the whole table for each page. Add @@index([{columns}]).',
    },
  },
  options: z.strictObject({
    small: z
      .array(z.string())
      .default([])
      .describe('Models whose tables stay small, so that reading all of it costs nothing.'),
  }),
  project: {
    facets: [schemaFacet, queryFacet],
    check(ctx) {
      for (const { model, columns, why, path, anchor, queries } of missingIndexes(ctx, new Set(ctx.options.small))) {
        const related = queries
          .slice(0, MAX_RELATED)
          .map((query) => ({ path: query.path, facet: queryFacet, anchor: query.at, label: `${model} is read here` }));
        ctx.report({ path, facet: schemaFacet, anchor }, why, { model, columns: columns.join(', ') }, related);
      }
    },
  },
  fixes: {
    filtered: [{ title: 'Add @@index([{columns}])', safety: 'suggest', edits: addIndex }],
    joined: [{ title: 'Add @@index([{columns}])', safety: 'suggest', edits: addIndex }],
    sorted: [{ title: 'Add @@index([{columns}])', safety: 'suggest', edits: addIndex }],
  },
});
