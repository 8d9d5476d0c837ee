import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { mayBeTransaction, transactionOf } from '#rules/_shared/data/transactions.ts';
import { nodesOf, sourceView } from './sourceView.ts';

/** Transactions of a text with a callback: `kind opener handle`. */
function transactions(text: string, packages: readonly string[] = []): readonly string[] {
  const source = sourceView(text, '/w/src/a.ts', packages);
  return nodesOf(source.file, ts.isCallExpression)
    .filter(mayBeTransaction)
    .map((call) => {
      const found = transactionOf(call, source);
      return found === undefined
        ? '-'
        : `${found.opened.kind} ${found.opener.getText()} ${found.handle?.name.getText() ?? '-'}`;
    });
}

test('transactions with a callback, by library', () => {
  const text = `import { PrismaClient } from '@prisma/client'; import { DataSource } from 'typeorm';
    import { Sequelize } from 'sequelize'; import knex from 'knex'; import mongoose from 'mongoose';
    const prisma = new PrismaClient(); const source = new DataSource({}); const sql = new Sequelize(''); const k = knex({});
    prisma.$transaction(async (tx) => {}); prisma.$transaction([a, b]);
    source.manager.transaction('SERIALIZABLE', async (em) => {}); sql.transaction({}, async (t) => {});
    k.transaction(function (trx) {}); mongoose.connection.transaction(async () => {});`;
  assert.deepEqual(transactions(text), [
    'prisma prisma tx',
    'typeorm source.manager em',
    'sequelize sql t',
    'knex k trx',
    'mongoose mongoose.connection -',
  ]);
});

test('a client from elsewhere in the project', () => {
  const text = `import { prisma } from './prisma'; prisma.$transaction(async (tx) => {}); shop.transaction(async (t) => {});`;
  assert.deepEqual(transactions(text, ['prisma']), ['prisma prisma tx', '-']);
  assert.deepEqual(transactions(text), ['-', '-']);
});
