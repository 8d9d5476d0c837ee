import { z } from 'zod';
import { rule, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { isCoveredAround, isCoveredItself } from './deliberate.ts';
import { inTransaction } from './inTransaction.ts';
import { writePair } from './pairs.ts';
import { METHODS, mayWrite, type Write } from './writes.ts';

const collect = (node: Write['node']) => (mayWrite(node) ? node : undefined);

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Writes to several tables that are not in one transaction.',
    promise: 'Writes that belong together are in one transaction',
    topics: ['transaction', '$transaction', 'atomic writes', 'multi-step write', 'partial write', 'data consistency'],
    subject: ['prisma', 'typeorm', 'sequelize', 'mongoose', 'knex', 'drizzle', 'pg', 'mysql2', 'transaction'],
    references: [
      {
        title: 'Prisma: transactions and batch queries',
        url: 'https://www.prisma.io/docs/orm/prisma-client/queries/transactions',
      },
      {
        title: 'CWE-460: Improper Cleanup on Thrown Exception',
        url: 'https://cwe.mitre.org/data/definitions/460.html',
      },
    ],
    messages: {
      apart:
        'When {second} fails, {first} stays as it was stored before, and the two no longer agree: nothing repairs that later. Run both in one transaction.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: { CallExpression: { named: METHODS, listen: collect }, TaggedTemplateExpression: collect },
    eachFunction(calls, ctx) {
      const fn = calls[0] && enclosingFunction(calls[0]);
      if (fn === undefined || calls.length === 1 || isCoveredItself(fn, ctx)) return;
      const pair = writePair(calls, ctx);
      if (pair === undefined || isCoveredAround(fn, ctx)) return;
      const first = calleeOf(pair.first.node);
      const second = calleeOf(pair.second.node);
      const data = { first: textOf(first), second: textOf(second) };
      ctx.report(second, 'apart', data, { related: [{ at: first, label: 'This is stored by then.' }] });
    },
  },
  fixes: { apart: [inTransaction] },
});

function calleeOf(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Expression {
  return ts.isCallExpression(node) ? node.expression : node.tag;
}

function textOf(node: ts.Node): string {
  return node.getText().replace(/\s+/g, '');
}
