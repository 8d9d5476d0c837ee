import type { Access, Library, RoleTable } from '../model.ts';

const PG: RoleTable = {
  calls: { query: 'raw', release: 'manage', end: 'manage' },
  // `connect` of a pool gives a client, that of a client nothing.
  leads: { connect: { role: 'client' } },
};

/** node-postgres, and services that keep to its interface. */
export const PG_DRIVER: Library = {
  kind: 'pg',
  packages: ['pg', 'pg-promise', '@neondatabase/serverless', '@vercel/postgres'],
  values: {
    'pg#Pool': 'client',
    'pg#Client': 'client',
    'pg#PoolClient': 'client',
    'pg#ClientBase': 'client',
    'pg#native.Pool': 'client',
    'pg-pool': 'client',
    '@neondatabase/serverless#Pool': 'client',
    '@neondatabase/serverless#Client': 'client',
    '@vercel/postgres#db': 'client',
    '@vercel/postgres#createPool': 'client',
    '@vercel/postgres#createClient': 'client',
  },
  singletons: ['@vercel/postgres#db'],
  roles: { client: PG },
  close: ['end'],
  shape: { name: /pool|pg|postgres|^(?:db|client|database)$/i, role: 'client', methods: new Set(['query']) },
};

const MYSQL: RoleTable = {
  calls: {
    query: 'raw',
    execute: 'raw',
    beginTransaction: 'transaction',
    commit: 'manage',
    rollback: 'manage',
    release: 'manage',
    end: 'manage',
    destroy: 'manage',
  },
  leads: { getConnection: { role: 'client' }, promise: { role: 'client' } },
};

/** Drivers of MySQL and MariaDB. */
export const MYSQL_DRIVER: Library = {
  kind: 'mysql',
  packages: ['mysql2', 'mysql', 'mariadb', 'promise-mysql'],
  values: Object.fromEntries(
    ['mysql2', 'mysql2/promise', 'mysql', 'mariadb', 'promise-mysql'].flatMap((module) =>
      ['createPool', 'createConnection', 'createPoolCluster', 'Pool', 'Connection', 'PoolConnection'].map(
        (name) => [`${module}#${name}`, 'client'] as const,
      ),
    ),
  ),
  roles: { client: MYSQL },
  close: ['end', 'destroy'],
  shape: {
    name: /pool|mysql|conn|^(?:db|database)$/i,
    role: 'client',
    methods: new Set(['query', 'execute']),
  },
};

const STATEMENT: Readonly<Record<string, Access>> = { run: 'write', get: 'read', all: 'read', iterate: 'read' };

/** SQLite without waiting: better-sqlite3, those of Node and Bun. */
export const BETTER_SQLITE: Library = {
  kind: 'better-sqlite3',
  packages: ['better-sqlite3'],
  values: {
    'better-sqlite3': 'client',
    'better-sqlite3#Database': 'client',
    'better-sqlite3#Statement': 'statement',
    'sqlite#DatabaseSync': 'client',
    'bun:sqlite#Database': 'client',
  },
  roles: {
    client: {
      calls: { exec: 'raw', transaction: 'transaction', pragma: 'manage', backup: 'manage', close: 'manage' },
      leads: { prepare: { role: 'statement' }, query: { role: 'statement' } },
    },
    statement: { calls: STATEMENT, others: { role: 'statement' } },
  },
  close: ['close'],
};

const SQLITE: Readonly<Record<string, Access>> = {
  run: 'raw',
  get: 'raw',
  all: 'raw',
  each: 'raw',
  exec: 'raw',
  close: 'manage',
};

/** SQLite with callbacks, and with promises around them. */
export const SQLITE3: Library = {
  kind: 'sqlite3',
  packages: ['sqlite3', 'sqlite', '@vscode/sqlite3'],
  values: {
    'sqlite3#Database': 'client',
    'sqlite3#cached.Database': 'client',
    'sqlite3#verbose().Database': 'client',
    'sqlite#open': 'client',
    'sqlite#Database': 'client',
  },
  roles: { client: { calls: SQLITE, leads: { prepare: { role: 'statement' } } }, statement: { calls: STATEMENT } },
  close: ['close'],
};

const COLLECTION: Readonly<Record<string, Access>> = {
  find: 'read',
  findOne: 'read',
  countDocuments: 'read',
  estimatedDocumentCount: 'read',
  distinct: 'read',
  aggregate: 'read',
  insertOne: 'write',
  insertMany: 'write',
  updateOne: 'write',
  updateMany: 'write',
  replaceOne: 'write',
  deleteOne: 'write',
  deleteMany: 'write',
  bulkWrite: 'write',
  findOneAndUpdate: 'write',
  findOneAndDelete: 'write',
  findOneAndReplace: 'write',
  drop: 'manage',
  createIndex: 'manage',
  createIndexes: 'manage',
};

/** MongoDB's own driver. */
export const MONGODB: Library = {
  kind: 'mongodb',
  packages: ['mongodb'],
  values: {
    'mongodb#MongoClient': 'client',
    'mongodb#MongoClient.connect': 'client',
    'mongodb#Db': 'manager',
    'mongodb#Collection': 'model',
  },
  roles: {
    client: {
      calls: { close: 'manage', withSession: 'manage' },
      leads: { db: { role: 'manager' }, connect: { role: 'client' } },
    },
    manager: {
      calls: { command: 'raw', dropDatabase: 'manage', createCollection: 'manage' },
      leads: { collection: { role: 'model', target: 'argument' } },
    },
    model: { calls: COLLECTION },
  },
  close: ['close'],
};
