import { type FileHeader, ts, unwrap } from '#api';
import { memberAccess } from '../../_shared/calls.ts';

/** What a call hands its arguments to, as messages say it. */
export type Sink = 'the database' | 'the file system' | 'a process';

const FILES =
  /^fs(?:\/promises)?#(?:promises\.)?(?:writeFile|appendFile|readFile|unlink|rm|rmdir|mkdir|rename|copyFile|readdir|createReadStream|createWriteStream)(?:Sync)?$/;
const PROCESSES = /^child_process#(?:exec|execFile|spawn|fork)(?:Sync)?$/;
const PRISMA =
  /^(?:create|createMany|createManyAndReturn|update|updateMany|upsert|findMany|findFirst|findFirstOrThrow|findUnique|findUniqueOrThrow|deleteMany|delete)$/;
const MODEL =
  /^(?:create|insertMany|insertOne|bulkCreate|findOrCreate|upsert|update|updateOne|updateMany|replaceOne|find|findOne|findAll|findAndCountAll|findOneAndUpdate|findByIdAndUpdate|deleteOne|deleteMany|destroy)$/;
const REPOSITORY = /^(?:save|insert|update|upsert|create|find|findBy|findOne|findOneBy|delete|remove)$/;
const COLLECTION =
  /^(?:insertOne|insertMany|updateOne|updateMany|replaceOne|findOneAndUpdate|findOneAndReplace|findOne|find|deleteOne|deleteMany)$/;
const DRIVERS = [
  'pg',
  'mysql',
  'mysql2',
  'mariadb',
  'sqlite3',
  'better-sqlite3',
  'sqlite',
  'mssql',
  '@neondatabase/serverless',
];
const CONNECTION = /^(?:db|pool|client|conn|connection|database|sql|mysql|pg|postgres|con)$/i;

/** Every name a call needs to be looked at. */
const NAMES = new RegExp(
  `${[PRISMA, MODEL, REPOSITORY, COLLECTION].map(({ source }) => source).join('|')}|^(?:query|execute|run|get|all|values|set)$`,
);

/** What a call hands its arguments to, told by the header and the call alone; `undefined` for everything else. */
export function sinkOf(call: ts.CallExpression, header: FileHeader): Sink | undefined {
  const callee: ts.Node = unwrap(call.expression);
  const member = memberAccess(callee);
  const reference = header.resolve(callee);
  if (reference !== undefined) {
    if (FILES.test(reference)) return 'the file system';
    if (PROCESSES.test(reference)) return 'a process';
  }
  if (member === undefined || !NAMES.test(member.name)) return undefined;
  return isDatabase(member.name, unwrap(member.receiver), call, header) ? 'the database' : undefined;
}

function isDatabase(method: string, receiver: ts.Node, call: ts.CallExpression, header: FileHeader): boolean {
  const has = (...names: readonly string[]) => names.some((name) => header.dependency(name) !== undefined);
  const text = receiver.getText();
  if (
    PRISMA.test(method) &&
    /(?:^|\.)_?(?:prisma\w*|db|database|\w*prisma)\.\w+$/i.test(text) &&
    has('@prisma/client', 'prisma')
  ) {
    return true;
  }
  if (MODEL.test(method) && isModel(receiver, header) && has('mongoose', 'sequelize', 'sequelize-typescript'))
    return true;
  if (REPOSITORY.test(method) && /repo(?:sitory)?$/i.test(text) && has('typeorm', '@mikro-orm/core')) return true;
  if (COLLECTION.test(method) && /collection(?:\(.*\))?$|\.collection\(/i.test(text) && has('mongodb')) return true;
  // Drizzle writes what `values` and `set` are given, knex what `insert` and `update` are.
  if (/^(?:values|set)$/.test(method)) return /\.(?:insert|update)\([^()]*\)$/.test(text) && has('drizzle-orm');
  if (/^(?:insert|update)$/.test(method) && /^(?:knex|db|trx)\([^()]*\)/i.test(text) && has('knex')) return true;
  const last = /[^.]*$/.exec(text)?.[0] ?? '';
  if (!CONNECTION.test(last) || call.arguments.length < 2) return false;
  return /^(?:query|execute)$/.test(method)
    ? has(...DRIVERS)
    : /^(?:run|get|all)$/.test(method) && has('sqlite3', 'sqlite');
}

/** A model of mongoose or Sequelize: a class-like name from a file of models, or made in this file. */
export function isModel(receiver: ts.Node, header: FileHeader): boolean {
  const member = memberAccess(receiver);
  const isHeld =
    member !== undefined && ts.isIdentifier(member.receiver) && /^(?:db|models|model)$/i.test(member.receiver.text);
  const name: ts.Node = isHeld ? member.receiver : receiver;
  if (!ts.isIdentifier(name) || !/^[A-Z]|Model$|^(?:db|models)$/.test(name.text)) return false;
  const imported = header.imports.get(name.text);
  if (imported === undefined) {
    return header.topLevel.has(name.text) && (header.modules.has('mongoose') || header.modules.has('sequelize'));
  }
  return (
    /^(?:[.~#]|@\/|src\/)/.test(imported.module) &&
    /model|entit|schema|(?:^|\/)(?:db|database)\b/i.test(imported.module)
  );
}
