import { type FileHeader, ts, unwrap } from '#api';
import { calledName, memberAccess } from '../../_shared/calls.ts';
import { namedValue } from '../../_shared/data/clientTypes.ts';

/** What is made: the call or construction, and the product's name for people. */
export type Making = ts.CallExpression | ts.NewExpression;

/** Functions and classes that open connections, as `header.resolve` says them, with the name of what they connect to. */
const MAKERS: ReadonlyMap<string, string> = new Map([
  ['@prisma/client#PrismaClient', 'Prisma'],
  ['pg#Pool', 'Postgres'],
  ['pg#Client', 'Postgres'],
  ['pg-pool', 'Postgres'],
  ...['mysql2', 'mysql2/promise', 'mysql', 'mariadb', 'promise-mysql'].flatMap((module) =>
    ['createPool', 'createConnection', 'createPoolCluster'].map((name) => [`${module}#${name}`, 'MySQL'] as const),
  ),
  ['typeorm#DataSource', 'the database'],
  ['typeorm#createConnection', 'the database'],
  ['sequelize', 'the database'],
  ['sequelize#Sequelize', 'the database'],
  ['sequelize-typescript#Sequelize', 'the database'],
  ['knex', 'the database'],
  ['knex#knex', 'the database'],
  ['mongodb#MongoClient', 'MongoDB'],
  ['mongodb#MongoClient.connect', 'MongoDB'],
  ['mongoose#createConnection', 'MongoDB'],
  ['redis#createClient', 'Redis'],
  ['redis#createCluster', 'Redis'],
  ['ioredis', 'Redis'],
  ['ioredis#Redis', 'Redis'],
  ['ioredis#Cluster', 'Redis'],
  ['iovalkey', 'Redis'],
  ['bullmq#Queue', 'Redis'],
]);

export const CALLED = new Set([...MAKERS.keys()].map((reference) => reference.slice(reference.search(/[^#.]+$/))));

/** By name alone, a call that may make a client. */
export function mayMake(node: Making, header: FileHeader): boolean {
  const name = calledName(node);
  return name !== undefined && (CALLED.has(name) || header.imports.has(name) || name === 'connect');
}

/** What a client connects to that is made here; `undefined` for everything that opens no connections of its own. */
export function connectsTo(node: Making, header: FileHeader): string | undefined {
  const reference = header.resolve(node.expression);
  if (reference === undefined) return undefined;
  const known = MAKERS.get(reference);
  if (known !== undefined) return known;
  // Prisma's client is generated into the project as well.
  const isGenerated = ts.isNewExpression(node) && /#PrismaClient$/.test(reference) && !reference.includes('/edge#');
  return isGenerated && namedValue(reference, header)?.library.kind === 'prisma' ? 'Prisma' : undefined;
}

/** The expression that holds the client: `await mongo.connect()` and `createClient().on(…)` around what makes it. */
export function outermost(node: Making): ts.Expression {
  let at: ts.Expression = node;
  for (;;) {
    const { parent } = at;
    const isWrapped = ts.isAwaitExpression(parent) || (ts.isExpression(parent) && unwrap(parent) === unwrap(at));
    if (isWrapped) {
      at = parent as ts.Expression;
      continue;
    }
    const isChained =
      memberAccess(parent)?.receiver === at &&
      ts.isCallExpression(parent.parent) &&
      parent.parent.expression === parent &&
      /^(?:on|once|connect|\$extends|promise)$/.test(memberAccess(parent)?.name ?? '');
    if (!isChained) return at;
    at = parent.parent as ts.Expression;
  }
}
