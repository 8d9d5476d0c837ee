import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ts } from '#engine/ts.ts';
import { dataCall } from '#rules/_shared/data/dataCalls.ts';
import { nodesOf, sourceView } from './sourceView.ts';

/** What the operands of all `await`s in a text do: `kind access method target`, with `?` where it is only likely. */
function awaited(text: string, packages: readonly string[] = []): readonly string[] {
  const source = sourceView(text, '/w/src/a.ts', packages);
  return nodesOf(source.file, ts.isAwaitExpression).map(({ expression }) => {
    const call = dataCall(expression, source);
    if (call === undefined) return '-';
    const { kind, access, method, target, certain } = call;
    return `${kind} ${access} ${method} ${target ?? '*'}${certain ? '' : '?'}`;
  });
}

const cases: readonly (readonly [name: string, text: string, ...calls: readonly string[]])[] = [
  [
    'Prisma client',
    `import { PrismaClient } from '@prisma/client'; const db = new PrismaClient().$extends({});
     await db.user.findMany({}); await db.user.update({}); await db.$queryRaw\`select 1\`; await db.$disconnect();`,
    'prisma read findMany user',
    'prisma write update user',
    'prisma raw $queryRaw *',
    'prisma manage $disconnect *',
  ],
  [
    'Prisma transaction',
    `import { PrismaClient, type Prisma } from '@prisma/client'; const db = globalThis.db ?? new PrismaClient();
     db.$transaction(async (tx) => { await tx.post.create({}); });
     async function f(tx: Prisma.TransactionClient) { await tx.post.delete({}); }
     async function g({ client }: { client: PrismaClient }) { await client.tag.count(); }
     type Tx = Omit<PrismaClient, '$transaction'>; async function h(tx: Tx | null) { await tx?.tag.upsert({}); }`,
    'prisma write create post',
    'prisma write delete post',
    'prisma read count tag',
    'prisma write upsert tag',
  ],
  [
    'class that extends the client',
    `import { PrismaClient } from '@prisma/client';
     class Store extends PrismaClient { async f() { await this.user.findFirst(); await this.other(); } }`,
    'prisma read findFirst user',
    '-',
  ],
  [
    'TypeORM repository, manager, builder',
    `import { type Repository, DataSource, getRepository } from 'typeorm'; const source = new DataSource({});
     class S { constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
       async f() { await this.users.save(u); await this.users.createQueryBuilder('u').where('x').getMany(); } }
     await source.getRepository(Post).find(); await source.manager.delete(Post, 1);
     await source.createQueryBuilder().insert().into(Tag).values({}).execute();
     await source.transaction(async (m) => { await m.save(Post, p); }); await getRepository(Tag).count();`,
    'typeorm write save User',
    'typeorm read getMany User',
    'typeorm read find Post',
    'typeorm write delete Post',
    'typeorm write execute Tag',
    'typeorm transaction transaction *',
    'typeorm write save Post',
    'typeorm read count Tag',
  ],
  [
    'Sequelize',
    `import { Sequelize, Model } from 'sequelize'; const sql = new Sequelize(''); class User extends Model {}
     const Tag = sql.define('tag', {}); await User.findAll(); await Tag.scope('x').bulkCreate([]); await sql.query('x');`,
    'sequelize read findAll User',
    'sequelize write bulkCreate tag',
    'sequelize raw query *',
  ],
  [
    'Mongoose',
    `import mongoose, { type Model } from 'mongoose'; const User = mongoose.model('User', schema);
     await User.find({}).sort('x').lean(); await User.findByIdAndUpdate(1, {});
     class S { constructor(private readonly cats: Model<Cat>) {} async f() { await this.cats.insertMany([]); } }
     await mongoose.disconnect();`,
    'mongoose read find User',
    'mongoose write findByIdAndUpdate User',
    'mongoose write insertMany Cat',
    'mongoose manage disconnect *',
  ],
  [
    'Drizzle',
    `import { drizzle } from 'drizzle-orm/node-postgres'; const db = drizzle(pool);
     await db.select().from(users).where(x).limit(1); await db.insert(posts).values({}).returning();
     await db.query.users.findMany(); await db.transaction(async (tx) => { await tx.delete(tags); });`,
    'drizzle read limit users',
    'drizzle write returning posts',
    'drizzle read findMany users',
    'drizzle transaction transaction *',
    'drizzle write delete tags',
  ],
  [
    'knex',
    `import type { Knex } from 'knex'; const knex = require('knex')({}); await knex('users').where({ id }).first(); await knex('users').insert({});
     await knex.select('*').from('tags'); await knex.raw('select 1');
     await knex.transaction(async (trx) => { await trx('posts').del(); });
     class A { constructor(private readonly db: Knex) {}
       async f() { await this.db('users').where({ id }).update({}); } }`,
    'knex read first users',
    'knex write insert users',
    'knex read from tags',
    'knex raw raw *',
    'knex transaction transaction *',
    'knex write del posts',
    'knex write update users',
  ],
  [
    'drivers',
    `import pg from 'pg'; import mysql from 'mysql2/promise'; import Database from 'better-sqlite3';
     import { MongoClient } from 'mongodb'; const pool = new pg.Pool(); const client = await pool.connect();
     await client.query('x'); const my = mysql.createPool({}); await my.execute('x'); const lite = new Database('f');
     await lite.prepare('x').get(1); const mongo = new MongoClient(''); await mongo.db('a').collection('c').insertOne({});`,
    '-',
    'pg raw query *',
    'mysql raw execute *',
    'better-sqlite3 read get *',
    'mongodb write insertOne c',
  ],
  [
    'stores and brokers',
    `import Redis from 'ioredis'; import { createClient } from 'redis'; import { Queue } from 'bullmq'; import Keyv from 'keyv';
     import amqp from 'amqplib'; import { Kafka } from 'kafkajs';
     const a = new Redis(); await a.get('x'); const b = await createClient().on('error', f).connect(); await b.set('x', 1);
     const q = new Queue('x'); await q.add('x', {}); const k = new Keyv(); await k.set('a', 1);
     class P { private readonly producer = new Kafka({}).producer(); async f() { await this.producer.send({}); } }`,
    'redis read get *',
    'redis manage connect *',
    'redis write set *',
    'bullmq publish add *',
    'keyv write set *',
    'kafka publish send *',
  ],
  [
    'functions and fields of the file',
    `import { createClient, type RedisClientType } from 'redis'; import { Pool } from 'pg';
     function getRedis(): RedisClientType { return cached; } const getPool = () => new Pool();
     await getRedis().del('x'); await getPool().query('x');
     class A { pool; constructor() { this.pool = new Pool(); } async f() { await this.pool.query('y'); } }
     interface Deps { redis: RedisClientType } async function f(deps: Deps) { await deps.redis.get('z'); }`,
    'redis write del *',
    'pg raw query *',
    'pg raw query *',
    'redis read get *',
  ],
];

for (const [name, text, ...calls] of cases) {
  test(`data calls of clients whose origin shows: ${name}`, () => {
    assert.deepEqual(awaited(text), calls);
  });
}

test('a client from elsewhere is recognised by its name and a method of its own where the package is installed', () => {
  const text = `import { prisma } from './prisma'; import { redis } from '@/lib/redis'; import User from '../models/user.js';
    await prisma.user.findMany(); await redis.get('x'); await User.findByIdAndUpdate(1); await User.find();
    import { getPrismaClient } from './client'; await getPrismaClient().post.count();
    async function f(db, ctx) { await db('users').where('x').first(); await ctx.prisma.tag.create({}); }`;
  assert.deepEqual(awaited(text, ['@prisma/client', 'ioredis', 'mongoose', 'knex']), [
    'prisma read findMany user?',
    'redis read get *?',
    'mongoose write findByIdAndUpdate User?',
    'mongoose read find User?',
    'prisma read count post?',
    'knex read first users?',
    'prisma write create tag?',
  ]);
  assert.deepEqual(awaited(text), ['-', '-', '-', '-', '-', '-', '-']);
});

test('names alone tell nothing', () => {
  const text = `import { UserService } from './services'; import { prisma } from 'some-package'; import { NestFactory } from '@nestjs/core';
    const db = { user: { findMany() {} } }; const redis = new Map();
    await UserService.find(); await prisma.user.findMany(); await db.user.findMany(); await redis.get('x');
    await NestFactory.create(App); await Object.create(null); await [].find(f);`;
  const installed = ['some-package', '@nestjs/core', '@prisma/client', 'ioredis', 'mongoose', 'sequelize', 'typeorm'];
  assert.deepEqual(awaited(text, installed), ['-', '-', '-', '-', '-', '-', '-']);
});

test('where two libraries could be meant nothing is said', () => {
  const text = `import { User } from './models'; await User.findOne({});`;
  assert.deepEqual(awaited(text, ['mongoose']), ['mongoose read findOne User?']);
  assert.deepEqual(awaited(text, ['mongoose', 'sequelize']), ['-']);
});

test('cycles and endless chains end', () => {
  const chain = `User.find()${'.a()'.repeat(500)}`;
  const text = `import User from './models/user'; const a = b; const b = a; await a.user.findMany(); await ${chain};`;
  assert.deepEqual(awaited(text, ['mongoose', '@prisma/client']), ['-', '-']);
});

test('names that stand for each other in many ways cost no more than a few', () => {
  const both = Array.from(
    { length: 40 },
    (_, n) => `const a${n} = x ? a${n + 1} : b${n + 1}; const b${n} = x ? b${n + 1} : a${n + 1};`,
  );
  const text = `import { x } from './x'; ${both.join(' ')} await a0.user.findMany();`;
  assert.deepEqual(awaited(text, ['@prisma/client']), ['-']);
});
