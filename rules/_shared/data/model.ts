import type { ts } from '#api';

/** The libraries whose clients are known, by what is talked to or by the package where that says more. */
export type ClientKind =
  | 'prisma'
  | 'typeorm'
  | 'sequelize'
  | 'mongoose'
  | 'drizzle'
  | 'knex'
  | 'pg'
  | 'mysql'
  | 'better-sqlite3'
  | 'sqlite3'
  | 'mongodb'
  | 'redis'
  | 'keyv'
  | 'bullmq'
  | 'amqp'
  | 'kafka';

/**
 * What a call does to stored data. `raw` runs a text that may be anything; `publish` hands a message to a broker;
 * `manage` concerns the connection, the schema or the whole store.
 */
export type Access = 'read' | 'write' | 'raw' | 'publish' | 'manage' | 'transaction';

/** What a value of a library is: the client itself, or something it gives out (`model`, `repository`, `builder` …). */
export type Role =
  | 'client'
  | 'transaction'
  | 'manager'
  | 'runner'
  | 'relations'
  | 'model'
  | 'statement'
  | 'builder'
  | 'channel'
  | 'pipeline';

/** Where a member leads, and where the name of the table or model stands that it chooses. */
export interface Lead {
  readonly role: Role;
  readonly target?: 'name' | 'argument';
  /** What the statement does that is built from here on; a read unless said otherwise. */
  readonly access?: Access;
}

/** What the members of values of one role do. */
export interface RoleTable {
  /** Calls that do something, by method. */
  readonly calls: Readonly<Record<string, Access>>;
  /** Calls whose first argument is the table or model: `manager.find(User)`. */
  readonly named?: boolean;
  /** Members, called or not, that give another value of the library. */
  readonly leads?: Readonly<Record<string, Lead>>;
  /** Where every other member leads: the models of Prisma. */
  readonly others?: Lead;
  /** What calling the value itself gives: `knex('users')`. */
  readonly called?: Lead;
}

/** How a library is recognised and what its values do. */
export interface Library {
  readonly kind: ClientKind;
  /** Packages of which one has to be installed. */
  readonly packages: readonly string[];
  /** What makes a value, or names its type, as `header.resolve` says it. */
  readonly values: Readonly<Record<string, Role>>;
  /** Those among `values` that are no makers but clients themselves: `mongoose`. */
  readonly singletons?: readonly string[];
  /** Classes by name alone, for clients that are generated into the project: any module may export them. */
  readonly generated?: Readonly<Record<string, Role>>;
  readonly roles: Readonly<Partial<Record<Role, RoleTable>>>;
  /** Methods that end the client. */
  readonly close: readonly string[];
  /** How a client of unknown origin looks at its use; it counts only where the package is installed. */
  readonly shape?: Shape;
}

/** A use that tells the library: how the value is named together with a method that is the library's own. */
export interface Shape {
  readonly name: RegExp;
  readonly role: Role;
  /** Methods that, called on a value so named, leave no doubt; empty text where the value itself is called. */
  readonly methods: ReadonlySet<string>;
  /** Where values that are imported from a module of this path may have any other method of their role as well. */
  readonly from?: RegExp;
}

/** A value of a library. */
export interface DataClient {
  readonly library: Library;
  readonly role: Role;
  /** Table, model or collection it stands for, as written. */
  readonly target?: string;
  /** What a builder's statement does. */
  readonly access?: Access;
  /** What it was reached from: `prisma` for `prisma.user`. */
  readonly root: ts.Node;
  /** True when maker, type or class says so; false when name and method are the evidence, and the package is installed. */
  readonly certain: boolean;
}

/** A call that does something to stored data. */
export interface DataCall {
  readonly node: ts.CallExpression | ts.TaggedTemplateExpression;
  readonly kind: ClientKind;
  readonly access: Access;
  /** The method that decides what happens: `findMany`, `update`, `query`. */
  readonly method: string;
  /** Table, model or collection, as written: `user`, `User`, `'users'` without quotes. */
  readonly target: string | undefined;
  /** What the call starts from: `prisma` of `prisma.user.findMany()`, `this.users` of `this.users.find()`. */
  readonly root: ts.Node;
  /** What kind of value the method was called on. */
  readonly role: Role;
  readonly certain: boolean;
}
