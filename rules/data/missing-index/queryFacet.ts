import { facet, type ts } from '#api';
import { followIn } from './follow.ts';
import type { Query } from './queries.ts';
import { QUERY_METHODS, queryCall, type ReadQuery, readQuery } from './readQuery.ts';

interface Fact {
  readonly node: ts.CallExpression;
  /** Missing where names have to be followed first. */
  readonly query?: ReadQuery;
}

/** Queries of Prisma clients with all that the file says of them. */
export const queryFacet = facet<Fact, readonly Query[]>({
  name: 'data/prisma-queries',
  collect: {
    CallExpression: {
      named: QUERY_METHODS,
      listen: (node) => {
        const call = queryCall(node);
        if (call === undefined) return undefined;
        let isComplete = true;
        const query = readQuery(call, () => {
          isComplete = false;
          return undefined;
        });
        if (!isComplete) return { node };
        return query && { node, query };
      },
    },
  },
  fold(scope, ctx) {
    const queries: Query[] = [];
    for (const { node, query } of [...scope.all()].sort((a, b) => a.node.pos - b.node.pos)) {
      const call = query === undefined ? queryCall(node) : undefined;
      const known = query ?? (call && readQuery(call, followIn(ctx)));
      if (known !== undefined) queries.push({ ...known, at: ctx.at(node) });
    }
    return queries.length === 0 ? undefined : queries;
  },
});
