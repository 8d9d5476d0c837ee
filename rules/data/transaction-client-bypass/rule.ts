import { z } from 'zod';
import { rule } from '#api';
import { mayBeTransaction, transactionOf } from '../../_shared/data/transactions.ts';
import { bypasses, sessionBypasses } from './bypasses.ts';
import { useHandle } from './fixes.ts';
import { sessionTransaction } from './sessions.ts';

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Queries inside a transaction callback that go around the transaction.',
    promise: 'Queries inside a transaction go through its client',
    topics: ['$transaction', 'transaction client', 'tx client', 'transactional', 'rollback'],
    subject: ['$transaction', 'transaction'],
    references: [
      {
        title: 'Prisma: interactive transactions',
        url: 'https://www.prisma.io/docs/orm/prisma-client/queries/transactions',
      },
      { title: 'Sequelize: transactions', url: 'https://sequelize.org/docs/v6/other-topics/transactions/' },
      { title: 'CWE-662: Improper Synchronization', url: 'https://cwe.mitre.org/data/definitions/662.html' },
    ],
    messages: {
      outer:
        '{client} takes no part in the transaction: what is done here stays when the transaction rolls back, and it can wait forever for locks the transaction holds. Use {handle}.',
      unused:
        'The callback does not take the client of its transaction, so {client} works outside of it: what is done here stays when the transaction rolls back. Take the client as a parameter and use it.',
      option:
        'This call is not given {handle} as the others are, so it takes no part in the transaction and stays when that rolls back. Pass it among the options.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:\$?transaction|withTransaction)$/,
        listen: (node) => (mayBeTransaction(node) || sessionTransaction(node) !== undefined ? node : undefined),
      },
    },
    each(call, ctx) {
      const session = sessionTransaction(call);
      const transaction = session === undefined ? transactionOf(call, ctx) : undefined;
      const found = session !== undefined ? sessionBypasses(session, ctx) : transaction && bypasses(transaction, ctx);
      for (const { place, message, client, handle } of found ?? []) {
        ctx.report(
          place,
          message,
          { client, handle },
          {
            related: [{ at: call.expression, label: 'The transaction starts here.' }],
          },
        );
      }
    },
  },
  fixes: { outer: [useHandle], unused: [useHandle] },
});
