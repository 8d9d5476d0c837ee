import type { ClientKind, Library, Role } from '../model.ts';
import { AMQP, BULLMQ, KAFKA } from './brokers.ts';
import { DRIZZLE, KNEX } from './builders.ts';
import { BETTER_SQLITE, MONGODB, MYSQL_DRIVER, PG_DRIVER, SQLITE3 } from './drivers.ts';
import { MONGOOSE, SEQUELIZE } from './models.ts';
import { PRISMA } from './prisma.ts';
import { KEYV, REDIS_STORE } from './stores.ts';
import { TYPEORM } from './typeorm.ts';

/** All libraries; a new one is one more table. */
export const LIBRARIES: readonly Library[] = [
  PRISMA,
  TYPEORM,
  SEQUELIZE,
  MONGOOSE,
  DRIZZLE,
  KNEX,
  PG_DRIVER,
  MYSQL_DRIVER,
  BETTER_SQLITE,
  SQLITE3,
  MONGODB,
  REDIS_STORE,
  KEYV,
  BULLMQ,
  AMQP,
  KAFKA,
];

/** Databases that are asked with queries; caches and brokers are none. */
export const DATABASES: ReadonlySet<ClientKind> = new Set([
  'prisma',
  'typeorm',
  'sequelize',
  'mongoose',
  'drizzle',
  'knex',
  'pg',
  'mysql',
  'better-sqlite3',
  'sqlite3',
  'mongodb',
]);

/** Makers and types of all libraries, by what `header.resolve` says of them. */
export const VALUES: ReadonlyMap<string, { readonly library: Library; readonly role: Role }> = new Map(
  LIBRARIES.flatMap((library) =>
    Object.entries(library.values).map(([reference, role]) => [reference, { library, role }] as const),
  ),
);
