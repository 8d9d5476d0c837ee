import { type Anchor, facet, type SourceFacetContext, ts } from '#api';
import { kafkaClient, type Opener, OWN_DATABASE, openerOf } from '../../data/openers.ts';
import { exportsAround } from '../../moduleExports.ts';
import { isHandedOn } from '../bindings.ts';
import { cleanupHook } from '../hooks.ts';
import { isNamedTest } from '../suites.ts';
import { type ConnectionFact, collectors, isFromProject, SETUP_FILE } from './collect.ts';
import {
  isOpened,
  mayCloseClient,
  type OpenConnection,
  type Opening,
  openConnection,
  usesIn,
} from './ownConnections.ts';
import { mayEnd, type SetUp, setUpConnection } from './setUp.ts';

/** A client or opening function of another file that tests use without closing anything. */
export interface ConnectionUse {
  readonly at: Anchor;
  readonly module: string;
  /** Exported name; empty for the default export. */
  readonly name: string;
  /** How the file calls it. */
  readonly local: string;
  /** The name itself is called. */
  readonly isCall: boolean;
}

/** What a file tells about connections that tests open. */
export interface ConnectionFacts {
  /** In files of tests: opened there and never closed. */
  readonly open: readonly OpenConnection[];
  /** In files of tests that close nothing. */
  readonly uses: readonly ConnectionUse[];
  /** In files that prepare tests or clean up behind them: something that may be a client is closed. */
  readonly cleansUp: boolean;
  /** In files with tests: something that may be a client is closed. */
  readonly closes?: true;
  /** In files that may prepare tests and end nothing: what they open. */
  readonly setUp?: SetUp;
  /** Modules that the file replaces. */
  readonly mocks: readonly string[];
  /** Exported clients, by name, with what they connect to and their package. */
  readonly clients: Readonly<Record<string, Offered>>;
  /** Exported functions that open a connection and leave it open, by name. */
  readonly starters: Readonly<Record<string, Offered>>;
}

/** What an export connects to, the package it does it with, and how a client is closed. */
export interface Offered {
  readonly target: string;
  readonly module: string;
  readonly close: string;
  readonly closes: Opener['closes'];
}

/** Connections by file: where they are opened, used and closed. */
export const connectionFacet = facet<ConnectionFact, ConnectionFacts>({
  name: 'testing/connections',
  collect: collectors,
  fold(scope, ctx) {
    const facts = [...scope.all()];
    const mocks = new Set(facts.flatMap((fact) => (fact.kind === 'mock' ? [fact.module] : [])));
    const closes = facts.flatMap((fact) => (fact.kind === 'close' ? [fact.node] : []));
    const openings = facts
      .flatMap((fact) => (fact.kind === 'open' ? openingOf(fact.node, ctx) : []))
      .filter(({ module }) => !mocks.has(module))
      .sort((a, b) => a.call.pos - b.call.pos);
    const { isTest, localPath } = ctx.header;
    const holdsTests = isTest && (isNamedTest(ctx.path) || /\b(?:describe|it|test|suite)\s*[.(]/.test(ctx.file.text));
    const cleanups = facts.some(({ kind }) => kind === 'cleanup');
    const closesAny = cleanups || closes.some((close) => mayCloseClient(close, false));
    const open = holdsTests ? openings.flatMap((opening) => openConnection(opening, closes, ctx) ?? []) : [];
    const uses = holdsTests && !closesAny ? usesOf(facts, mocks, ctx) : [];
    const mayPrepare = (isTest || SETUP_FILE.test(localPath)) && !isNamedTest(ctx.path);
    const cleansUp = closesAny && mayPrepare;
    const isOpen = mayPrepare && !holdsTests && !cleanups && closes.length === 0 && !mayEnd(ctx.file);
    const setUp = isOpen ? setUpOf(facts, openings, mocks, ctx) : undefined;
    const offers = openings.length === 0 || isNamedTest(ctx.path) ? NO_OFFERS : offersOf(openings, ctx);
    const value = {
      open,
      uses,
      cleansUp,
      ...(holdsTests && closesAny && { closes: true as const }),
      ...(setUp !== undefined && { setUp }),
      mocks: [...mocks].sort(),
      ...offers,
    };
    const says = [open, uses, value.mocks, Object.keys(offers.clients), Object.keys(offers.starters)];
    return closesAny || setUp !== undefined || says.some((list) => list.length > 0) ? value : undefined;
  },
});

function setUpOf(
  facts: readonly ConnectionFact[],
  openings: readonly Opening[],
  mocks: ReadonlySet<string>,
  ctx: SourceFacetContext,
): SetUp | undefined {
  const servers = facts.flatMap((fact): readonly Opening[] =>
    fact.kind === 'server' ? [{ call: fact.node, opener: OWN_DATABASE, module: 'mongodb-memory-server' }] : [],
  );
  const opens = [...openings, ...servers].flatMap((opening) => setUpConnection(opening, ctx) ?? []);
  const uses = usesOf(facts, mocks, ctx);
  return opens.length + uses.length === 0 ? undefined : { opens, uses };
}

const NO_OFFERS: Pick<ConnectionFacts, 'clients' | 'starters'> = { clients: {}, starters: {} };

function openingOf(call: ts.CallExpression | ts.NewExpression, ctx: SourceFacetContext): readonly Opening[] {
  const opener =
    openerOf(call, ctx.header) ?? (ts.isCallExpression(call) ? kafkaClient(call, ctx.header, ctx.lookup) : undefined);
  if (opener === undefined) return [];
  const module = ctx.header.resolve(call.expression)?.split('#')[0] ?? 'kafkajs';
  return [{ call, opener, module }];
}

/** The first use of each client and function of the project. */
function usesOf(
  facts: readonly ConnectionFact[],
  mocks: ReadonlySet<string>,
  ctx: SourceFacetContext,
): readonly ConnectionUse[] {
  const first = new Map<string, ConnectionUse>();
  const places = facts.flatMap((fact) => (fact.kind === 'use' ? [fact] : [])).sort((a, b) => a.node.pos - b.node.pos);
  for (const { node, root } of places) {
    const imported = ctx.header.imports.get(root.text);
    if (imported === undefined || mocks.has(imported.module) || !isFromProject(root, ctx.header)) continue;
    const isCall = node.expression === root;
    const key = `${imported.module}#${imported.name}#${isCall}`;
    if (first.has(key) || isStandIn(root.text, ctx.file)) continue;
    const at = ctx.at(isCall ? node : root);
    first.set(key, { at, module: imported.module, name: imported.name, local: root.text, isCall });
  }
  return [...first.values()];
}

/** `jest.spyOn(prisma.user, 'create')`, `(prisma.user.create as jest.Mock)`, `vi.mocked(prisma)`: no real client. */
function isStandIn(name: string, { text }: ts.SourceFile): boolean {
  return new RegExp(
    `\\b(?:spyOn|stub|mocked|replace|when)\\(\\s*${name}\\b|\\b${name}\\.[\\w.$]+\\s*(?:as\\s+(?:unknown|any|jest|vi|Mock)|=\\s*(?:jest|vi|sinon)\\.|\\.mock[A-Z])`,
  ).test(text);
}

/** Exported clients and opening functions of a module. */
function offersOf(
  openings: readonly Opening[],
  ctx: SourceFacetContext,
): Pick<ConnectionFacts, 'clients' | 'starters'> {
  const exported = exportsAround(
    ctx.file,
    openings.map(({ call }) => call),
  );
  const clients: Record<string, Offered> = {};
  const starters: Record<string, Offered> = {};
  for (const [name, value] of exported) {
    for (const { call, opener, module } of openings) {
      if (!ts.isFunctionLike(value)) {
        if (isHeldBy(value, call, ctx)) clients[name] = offered(opener, module);
      } else if (isWithin(call, value) && leavesOpen(call, opener, ctx)) {
        starters[name] = offered(opener, module);
      }
    }
  }
  return { clients, starters };
}

function offered({ target, close, closes }: Opener, module: string): Offered {
  return { target, module, close, closes };
}

/** `export const pool = new Pool()`, `export default new Redis()`, `const db = …; export default db`. */
function isHeldBy(value: ts.Expression, call: ts.Node, ctx: SourceFacetContext): boolean {
  if (isWithin(call, value)) return value === call;
  if (!ts.isIdentifier(value)) return false;
  const declaration = ctx.lookup(value) ?? value.parent;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) return false;
  const made = declaration.initializer;
  // `globalForPrisma.prisma ?? new PrismaClient()` is one as well.
  return made === call || (ts.isBinaryExpression(made) && made.right === call);
}

function leavesOpen(call: ts.CallExpression | ts.NewExpression, opener: Opener, ctx: SourceFacetContext): boolean {
  if (opener.closer !== undefined) return !/\b(?:disconnect|close)\s*\(/.test(functionText(call));
  const uses = usesIn(call, ctx);
  if (uses === undefined) return opener.opens === 'made' && isHandedOn(call);
  const isClosed = uses.closes.some((close) => cleanupHook(close) !== undefined || isSameFunction(close, call));
  return !isClosed && !uses.escapes && (opener.opens === 'made' || isOpened(opener, uses));
}

function functionText(node: ts.Node): string {
  return functionAround(node)?.getText() ?? '';
}

function isSameFunction(a: ts.Node, b: ts.Node): boolean {
  return functionAround(a) === functionAround(b);
}

function functionAround(node: ts.Node): ts.Node | undefined {
  let at: ts.Node | undefined = node.parent;
  while (at !== undefined && !ts.isFunctionLike(at)) at = at.parent;
  return at;
}

function isWithin(inner: ts.Node, outer: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}
