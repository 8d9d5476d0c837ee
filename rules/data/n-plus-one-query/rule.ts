import { z } from 'zod';
import { rule, ts } from '#api';
import { isDeliberate } from './deliberate.ts';
import { askOnce, createAtOnce, deleteAtOnce } from './fixes.ts';
import { type LoopNode, loopOf, mayAsk, WALKS } from './loops.ts';
import { isOfOuterLoop } from './outerLoops.ts';
import { repeatedQueries } from './queries.ts';

const collect = (node: LoopNode) => (mayAsk(node) ? node : undefined);

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Queries that run once for every element of a list.',
    promise: 'No loop asks the database once for every element',
    topics: ['N+1', 'n+1 query', 'n plus one', 'query in a loop', 'query optimization', 'batch queries'],
    subject: ['prisma', 'typeorm', 'sequelize', 'mongoose', 'knex', 'drizzle', 'pg', 'mysql2', 'repository', 'query'],
    references: [
      {
        title: 'Prisma: query optimization',
        url: 'https://www.prisma.io/docs/orm/prisma-client/queries/query-optimization-performance',
      },
      {
        title: 'CWE-1073: Non-SQL Invokable Control Element with Excessive Number of Data Resource Accesses',
        url: 'https://cwe.mitre.org/data/definitions/1073.html',
      },
    ],
    messages: {
      read: '{query} asks the database once for every {element}: with a thousand of them that is a thousand round trips, where one query for all of them would do. Ask for the list, and pick from a map.',
      write: {
        text: '{query} writes once for every {element}: with a thousand of them that is a thousand round trips, where one call can write them all, or none. Hand over the list.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      ForOfStatement: collect,
      ForInStatement: collect,
      ForStatement: collect,
      CallExpression: { named: WALKS, listen: collect },
    },
    each(node, ctx) {
      const loop = loopOf(node);
      if (loop === undefined) return;
      const queries = repeatedQueries(loop, ctx).filter((query) => !isOfOuterLoop(query, loop, ctx));
      const [first, ...others] = queries;
      if (first === undefined || isDeliberate(loop, ctx)) return;
      const called = calleeOf(first.node);
      ctx.report(
        called,
        first.kind,
        { query: called.getText().replace(/\s+/g, ''), element: [...loop.names][0] ?? 'element' },
        { related: others.map((other) => ({ at: calleeOf(other.node), label: 'This runs as often.' })) },
      );
    },
  },
  fixes: { read: [askOnce], write: [createAtOnce, deleteAtOnce] },
});

function calleeOf(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Expression {
  return ts.isCallExpression(node) ? node.expression : node.tag;
}
