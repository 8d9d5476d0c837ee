import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { nearestPackage } from '../../_shared/project/nearestPackage.ts';
import { type ConnectionFacts, connectionFacet } from '../../_shared/testing/connections/connectionFacet.ts';
import type { Offered } from '../../_shared/testing/connections/offers.ts';
import { isReplacedByFolder } from '../../_shared/testing/connections/replaced.ts';
import { addClosing } from './fixes.ts';

type Message = 'unclosed' | 'unclosedFile' | 'importUnclosed' | 'helperUnclosed';
type Context = ProjectContext<Message, unknown>;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    appliesTo: 'tests',
    summary: 'A test opens a connection to a database, cache or broker and never closes it.',
    promise: 'Tests close the connections they open',
    topics: [
      'open handles',
      'close database connection',
      'database connections in tests',
      'test suite hangs',
      'disconnect',
      'detectOpenHandles',
      'too many connections',
      'global teardown',
    ],
    subject: [
      'PrismaClient',
      'Pool',
      'mongoose',
      'MongoClient',
      'createClient',
      'ioredis',
      'Redis',
      'knex',
      'DataSource',
      'Sequelize',
      'Queue',
    ],
    references: [
      { title: 'Jest: detectOpenHandles', url: 'https://jestjs.io/docs/cli#--detectopenhandles' },
      { title: 'node-postgres: pool.end', url: 'https://node-postgres.com/apis/pool#poolend' },
      { title: 'CWE-772: Missing Release of Resource', url: 'https://cwe.mitre.org/data/definitions/772.html' },
    ],
    messages: {
      unclosed:
        '{name} opens a connection to {target} here that no test closes, so the run hangs or, file by file, uses up the connections that are left. Close it in an after hook with {close}().',
      unclosedFile:
        'The database file that {name} opens here is never closed, so it stays locked and a temporary one cannot be deleted everywhere. Close it in an after hook.',
      importUnclosed:
        '{name} from {module} connects to {target}, and neither this file nor a set-up file closes it, so the run hangs or, file by file, uses up the connections that are left. Close it in an after hook.',
      helperUnclosed:
        '{name}() from {module} opens a connection to {target} that neither this file nor a set-up file closes, so the run hangs or, file by file, uses up the connections that are left. Close it in an after hook.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [connectionFacet],
    check(ctx) {
      const prepared = preparations(ctx);
      for (const { path, value, isTest } of ctx.all(connectionFacet)) {
        if (!isTest) continue;
        const around = prepared(path);
        reportOwn(path, value, around, ctx);
        if (!around.cleansUp) reportImported(path, value, around, ctx);
      }
    },
  },
  fixes: {
    unclosed: [{ title: 'Close {name} in an after hook', safety: 'safe', edits: addClosing }],
    unclosedFile: [{ title: 'Close {name} in an after hook', safety: 'safe', edits: addClosing }],
  },
});

/** What files that prepare the tests of a package do. */
interface Preparations {
  /** One of them closes something that may be a client. */
  readonly cleansUp: boolean;
  /** Packages, and paths of files, that they replace. */
  readonly mocks: ReadonlySet<string>;
}

/** What prepares a file's tests: files of its package, and of those around it. */
function preparations(ctx: Context): (path: string) => Preparations {
  const folders = new Map<string, { cleansUp: boolean; readonly mocks: Set<string> }>();
  for (const { path, value } of ctx.all(connectionFacet)) {
    // A file of tests replaces modules for itself alone.
    const mocks = /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path) ? [] : value.mocks;
    if (!value.cleansUp && mocks.length === 0) continue;
    const folder = nearestPackage(path, ctx);
    const known = folders.get(folder) ?? { cleansUp: false, mocks: new Set() };
    folders.set(folder, known);
    known.cleansUp ||= value.cleansUp;
    for (const module of mocks) known.mocks.add(ctx.resolveImport(path, module) ?? module);
  }
  return (path) => {
    const own = [...folders].filter(([folder]) => path.startsWith(`${folder}/`)).map(([, found]) => found);
    return { cleansUp: own.some(({ cleansUp }) => cleansUp), mocks: new Set(own.flatMap(({ mocks }) => [...mocks])) };
  };
}

function reportOwn(path: string, { open }: ConnectionFacts, { cleansUp, mocks }: Preparations, ctx: Context): void {
  for (const { at, name, target, module, close, closes, isFile, isShared } of open) {
    if (mocks.has(module) || (isShared === true && cleansUp) || isReplacedByFolder(path, module, ctx)) continue;
    const place = { path, facet: connectionFacet, anchor: at };
    if (isFile === true) ctx.report(place, 'unclosedFile', { name, close, closes });
    else ctx.report(place, 'unclosed', { name, target, close, closes });
  }
}

function reportImported(path: string, { uses, mocks }: ConnectionFacts, prepared: Preparations, ctx: Context): void {
  const reported = new Set<string>();
  const replaced = new Set([...prepared.mocks, ...mocks.map((module) => ctx.resolveImport(path, module) ?? module)]);
  for (const { at, module, name, local, isCall } of uses) {
    const target = ctx.resolveImport(path, module);
    const facts = target === undefined ? undefined : ctx.get(target, connectionFacet);
    if (target === undefined || facts === undefined || replaced.has(target) || reported.has(target)) continue;
    const offered = own(isCall ? facts.starters : facts.clients, name);
    if (offered === undefined || replaced.has(offered.module) || isReplacedByFolder(path, offered.module, ctx))
      continue;
    reported.add(target);
    const place = { path, facet: connectionFacet, anchor: at };
    const data = { name: local, module, target: offered.target };
    if (isCall) ctx.report(place, 'helperUnclosed', data);
    else ctx.report(place, 'importUnclosed', data);
  }
}

function own(offers: Readonly<Record<string, Offered>>, name: string): Offered | undefined {
  return Object.hasOwn(offers, name) ? offers[name] : undefined;
}
