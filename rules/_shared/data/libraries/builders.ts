import type { Lead, Library, RoleTable } from '../model.ts';

const BUILDING: Lead = { role: 'builder' };
const writes = (target?: 'argument'): Lead => ({
  role: 'builder',
  access: 'write',
  ...(target === undefined ? {} : { target }),
});

/** A builder is run by being awaited or returned, so the call that ends the chain is the one that does something. */
const KNEX_BUILDER: RoleTable = {
  calls: {},
  leads: {
    insert: writes(),
    update: writes(),
    upsert: writes(),
    del: writes(),
    delete: writes(),
    truncate: writes(),
    increment: writes(),
    decrement: writes(),
    from: { role: 'builder', target: 'argument' },
    into: { role: 'builder', target: 'argument' },
    table: { role: 'builder', target: 'argument' },
  },
  others: BUILDING,
};

const KNEX_CLIENT: RoleTable = {
  calls: { raw: 'raw', transaction: 'transaction', destroy: 'manage', commit: 'manage', rollback: 'manage' },
  leads: {
    select: BUILDING,
    from: { role: 'builder', target: 'argument' },
    table: { role: 'builder', target: 'argument' },
    into: { role: 'builder', target: 'argument', access: 'write' },
    insert: writes(),
    batchInsert: writes('argument'),
    queryBuilder: BUILDING,
    withSchema: BUILDING,
    with: BUILDING,
    count: BUILDING,
  },
  called: { role: 'builder', target: 'argument' },
};

/** Knex, whose builders run by being awaited. */
export const KNEX: Library = {
  kind: 'knex',
  packages: ['knex'],
  values: {
    knex: 'client',
    'knex#knex': 'client',
    'knex#Knex': 'client',
    'knex#Knex.Transaction': 'transaction',
    'knex#Knex.QueryBuilder': 'builder',
  },
  roles: { client: KNEX_CLIENT, transaction: KNEX_CLIENT, builder: KNEX_BUILDER },
  close: ['destroy'],
  shape: { name: /knex|^(?:db|trx|tx)$/i, role: 'client', methods: new Set(['']) },
};

const DRIZZLE_CLIENT: RoleTable = {
  calls: {
    execute: 'raw',
    run: 'raw',
    all: 'raw',
    get: 'raw',
    transaction: 'transaction',
    batch: 'transaction',
    $count: 'read',
    rollback: 'manage',
  },
  leads: {
    select: BUILDING,
    selectDistinct: BUILDING,
    selectDistinctOn: BUILDING,
    with: { role: 'client' },
    insert: writes('argument'),
    update: writes('argument'),
    delete: writes('argument'),
    query: { role: 'relations' },
    refreshMaterializedView: writes('argument'),
  },
};

const DRIZZLE_DRIVERS = [
  'node-postgres',
  'postgres-js',
  'mysql2',
  'better-sqlite3',
  'libsql',
  'neon-http',
  'neon-serverless',
  'vercel-postgres',
  'planetscale-serverless',
  'd1',
  'bun-sqlite',
  'pglite',
];

const DRIZZLE_TYPES = [
  'node-postgres#NodePgDatabase',
  'postgres-js#PostgresJsDatabase',
  'mysql2#MySql2Database',
  'better-sqlite3#BetterSQLite3Database',
  'libsql#LibSQLDatabase',
  'neon-http#NeonHttpDatabase',
  'd1#DrizzleD1Database',
  'pg-core#PgDatabase',
];

/** Drizzle with each of its drivers; its builders run by being awaited. */
export const DRIZZLE: Library = {
  kind: 'drizzle',
  packages: ['drizzle-orm'],
  values: Object.fromEntries([
    ...DRIZZLE_DRIVERS.map((driver) => [`drizzle-orm/${driver}#drizzle`, 'client'] as const),
    ...DRIZZLE_TYPES.map((type) => [`drizzle-orm/${type}`, 'client'] as const),
    ['drizzle-orm/pg-core#PgTransaction', 'transaction'] as const,
    ['drizzle-orm/mysql-core#MySqlTransaction', 'transaction'] as const,
    ['drizzle-orm/sqlite-core#SQLiteTransaction', 'transaction'] as const,
  ]),
  roles: {
    client: DRIZZLE_CLIENT,
    transaction: DRIZZLE_CLIENT,
    relations: { calls: {}, others: { role: 'model', target: 'name' } },
    model: { calls: { findMany: 'read', findFirst: 'read' } },
    builder: { calls: {}, leads: { from: { role: 'builder', target: 'argument' } }, others: BUILDING },
  },
  close: [],
  shape: {
    name: /drizzle|^(?:db|database|tx|trx)$/i,
    role: 'client',
    methods: new Set(['from', 'values', 'set', 'returning', 'findFirst', 'findMany', 'onConflictDoUpdate']),
  },
};
