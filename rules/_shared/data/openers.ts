import { type FileHeader, ts } from '#api';
import { memberAccess, option } from '../calls.ts';
import { isInstalled, namedValue } from './clientTypes.ts';

/** What makes a client opens its connection: the making itself, any use, or one of these methods. */
type Opens = 'made' | 'used' | RegExp;

/** A call that says whether the other side is there, see `askClient.ts`. */
export type Ask =
  | 'query'
  | 'promisedQuery'
  | 'sql'
  | 'prisma'
  | 'raw'
  | 'ping'
  | 'command'
  | 'authenticate'
  | 'counts'
  | 'state';

/** How a client is told, opened and closed. */
export interface Opener {
  /** What is connected to, for messages. */
  readonly target: string;
  readonly opens: Opens;
  /** Method that closes it, as a fix calls it. */
  readonly close: string;
  /** How its close tells that it is done. */
  readonly closes: 'promise' | 'callback' | 'now';
  /** The package keeps the connection itself: this closes it, whatever the call gave back. */
  readonly closer?: string;
  /** How it is asked whether it answers; `undefined` where it has no such call. */
  readonly ask?: Ask;
  /** Leaves a file open rather than a connection: nothing waits for it. */
  readonly isFile?: true;
}

const promise = (target: string, opens: Opens, close: string, ask?: Ask): Opener => ({
  target,
  opens,
  close,
  closes: 'promise',
  ...(ask !== undefined && { ask }),
});
const callback = (target: string, opens: Opens, close: string): Opener => ({
  target,
  opens,
  close,
  closes: 'callback',
});

const PG_POOL = promise('PostgreSQL', 'used', 'end', 'query');
const PG_CLIENT = promise('PostgreSQL', /^connect$/, 'end', 'query');
const IOREDIS = promise('Redis', 'made', 'quit', 'ping');
const NODE_REDIS = promise('Redis', /^connect$/, 'quit', 'ping');
const BULL = promise('Redis', 'made', 'close');
const SEQUELIZE = promise(
  'the database',
  /^(?:authenticate|sync|query|transaction|drop|truncate)$/,
  'close',
  'authenticate',
);
const SQLITE_FILE: Opener = { target: 'SQLite', opens: 'made', close: 'close', closes: 'now', isFile: true };

const OPENERS: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['pg#Pool', PG_POOL],
  ['pg-pool', PG_POOL],
  ['@neondatabase/serverless#Pool', PG_POOL],
  ['pg#Client', PG_CLIENT],
  ['@neondatabase/serverless#Client', PG_CLIENT],
  ['postgres', promise('PostgreSQL', 'used', 'end', 'sql')],
  ['mysql2/promise#createPool', promise('MySQL', 'used', 'end', 'query')],
  ['mysql2/promise#createConnection', promise('MySQL', 'made', 'end', 'query')],
  ['mysql2#createPool', { ...callback('MySQL', 'used', 'end'), ask: 'promisedQuery' }],
  ['mysql2#createConnection', { ...callback('MySQL', 'made', 'end'), ask: 'promisedQuery' }],
  ['mysql#createPool', callback('MySQL', 'used', 'end')],
  ['mysql#createConnection', callback('MySQL', 'used', 'end')],
  ['mariadb#createPool', promise('MariaDB', 'used', 'end', 'query')],
  ['mariadb#createConnection', promise('MariaDB', 'made', 'end', 'query')],
  ['mongodb#MongoClient', promise('MongoDB', 'used', 'close', 'command')],
  ['mongodb#MongoClient.connect', promise('MongoDB', 'made', 'close', 'command')],
  ['mongoose#connect', { ...promise('MongoDB', 'made', 'disconnect', 'state'), closer: 'mongoose' }],
  ['mongoose#createConnection', promise('MongoDB', 'made', 'close')],
  ['redis#createClient', NODE_REDIS],
  ['redis#createCluster', NODE_REDIS],
  ['@redis/client#createClient', NODE_REDIS],
  ['ioredis', IOREDIS],
  ['ioredis#Redis', IOREDIS],
  ['ioredis#default', IOREDIS],
  ['ioredis#Cluster', IOREDIS],
  ['iovalkey', IOREDIS],
  ['iovalkey#Redis', IOREDIS],
  ['bullmq#Queue', { ...BULL, ask: 'counts' }],
  ['bullmq#Worker', BULL],
  ['bullmq#QueueEvents', BULL],
  ['bullmq#FlowProducer', BULL],
  ['bull', { ...BULL, ask: 'counts' }],
  ['knex', promise('the database', 'used', 'destroy', 'raw')],
  ['knex#knex', promise('the database', 'used', 'destroy', 'raw')],
  ['typeorm#DataSource', promise('the database', /^initialize$/, 'destroy', 'query')],
  ['sequelize#Sequelize', SEQUELIZE],
  ['sequelize', SEQUELIZE],
  ['sequelize-typescript#Sequelize', SEQUELIZE],
  ['amqplib#connect', promise('RabbitMQ', 'made', 'close')],
  ['amqp-connection-manager#connect', promise('RabbitMQ', 'made', 'close')],
  ['sqlite3#Database', { ...SQLITE_FILE, closes: 'callback' }],
  ['sqlite#open', { ...SQLITE_FILE, closes: 'promise' }],
  ['better-sqlite3', SQLITE_FILE],
]);

const PRISMA = promise('the database', 'used', '$disconnect', 'prisma');
const KAFKA = promise('Kafka', /^connect$/, 'disconnect');

/** Methods of Kafka's class that make a client. */
const KAFKA_CLIENTS: ReadonlySet<string> = new Set(['producer', 'consumer', 'admin']);

/** Last names of all that opens something, for a first look that costs nothing. */
const NAMES = new Set([
  'PrismaClient',
  ...[...OPENERS.keys()].map((reference) => reference.split(/[#.]/).at(-1) ?? ''),
]);

/** A server that tests start for themselves and that runs until it is stopped. */
export const OWN_DATABASE = promise('a MongoDB server of its own', 'made', 'stop');

/** `MongoMemoryServer.create()`. */
export function startsDatabase(node: ts.CallExpression, header: FileHeader): boolean {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'create') return false;
  return /^mongodb-memory-server(?:-core|-global[\w-]*)?#MongoMemory(?:Server|ReplSet)\.create$/.test(
    header.resolve(node.expression) ?? '',
  );
}

/** Names of methods that close some client. */
export const CLOSING =
  /^(?:close|end|quit|\$disconnect|disconnect|destroy|stop|shutdown|terminate|kill|dispose|cleanup|cleanUp|tearDown|teardown|closeAll|closeConnection|unref)$/;

/** Whether a call may make a client, by its callee's name and what the file imports. */
export function mayOpen(node: ts.CallExpression | ts.NewExpression, { imports, modules }: FileHeader): boolean {
  const { expression } = node;
  if (ts.isIdentifier(expression)) return isOpenerName(imports.get(expression.text));
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : memberAccess(expression)?.name;
  if (name === undefined) return false;
  if (KAFKA_CLIENTS.has(name)) return modules.has('kafkajs');
  const member = NAMES.has(name) ? memberAccess(expression) : undefined;
  if (member === undefined) return false;
  const root = memberAccess(member.receiver)?.receiver ?? member.receiver;
  return ts.isIdentifier(root) && imports.has(root.text);
}

function isOpenerName(imported: { readonly module: string; readonly name: string } | undefined): boolean {
  return imported !== undefined && (imported.name === '' ? OPENERS.has(imported.module) : NAMES.has(imported.name));
}

/** The client that a call or `new` makes with a connection of its own; `undefined` for all others. */
export function openerOf(node: ts.CallExpression | ts.NewExpression, header: FileHeader): Opener | undefined {
  const reference = header.resolve(node.expression);
  if (reference === undefined) return undefined;
  const known = OPENERS.get(reference);
  if (known === undefined) return prismaOf(node, reference, header);
  if (isInMemory(node)) return undefined;
  // Without an address it only makes models.
  if (reference === 'mongoose#createConnection' && (node.arguments ?? []).length === 0) return undefined;
  const [first] = node.arguments ?? [];
  if (known === IOREDIS && (node.arguments ?? []).some((one) => isTrue(one, 'lazyConnect'))) {
    return { ...IOREDIS, opens: 'used' };
  }
  // Version 3 connects as soon as it is made, and takes a callback.
  if (known === NODE_REDIS && /^\D*[0-3]\./.test(header.dependency('redis') ?? '')) {
    return callback('Redis', 'made', 'quit');
  }
  return known.isFile === true && first === undefined ? undefined : known;
}

/** `new PrismaClient()`, generated into the project or not. */
function prismaOf(
  node: ts.CallExpression | ts.NewExpression,
  reference: string,
  header: FileHeader,
): Opener | undefined {
  if (!ts.isNewExpression(node) || !/#PrismaClient$/.test(reference)) return undefined;
  const value = namedValue(reference, header);
  return value?.library.kind === 'prisma' && isInstalled(value.library, header) ? PRISMA : undefined;
}

/** `kafka.producer()`, where what it is called on was made by Kafka's class. */
export function kafkaClient(
  node: ts.CallExpression,
  header: FileHeader,
  lookup: (name: ts.Identifier) => ts.Declaration | undefined,
): Opener | undefined {
  const member = memberAccess(node.expression);
  if (member === undefined || !KAFKA_CLIENTS.has(member.name)) return undefined;
  if (!ts.isIdentifier(member.receiver)) return undefined;
  const declaration = lookup(member.receiver);
  const made = declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const isKafka = made !== undefined && ts.isNewExpression(made) && header.resolve(made.expression) === 'kafkajs#Kafka';
  return isKafka ? KAFKA : undefined;
}

/** Databases that live in the process hold nothing. */
function isInMemory(node: ts.CallExpression | ts.NewExpression): boolean {
  return (node.arguments ?? []).some((one) => /:memory:|['"`](?:sqljs|pglite)['"`]|mode=memory/.test(one.getText()));
}

function isTrue(options: ts.Expression, name: string): boolean {
  const given = option(options, name);
  return given.kind === 'given' && given.value.kind === ts.SyntaxKind.TrueKeyword;
}
