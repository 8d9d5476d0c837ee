import { type Anchor, facet, type SourceFacetContext, ts } from '#api';
import { kafkaClient, OWN_DATABASE, openerOf } from '../../data/openers.ts';
import { isNamedTest } from '../suites.ts';
import { type ConnectionFact, collectors, isFromProject, SETUP_FILE } from './collect.ts';
import { NO_OFFERS, type Offers, offersOf } from './offers.ts';
import { mayCloseClient, type OpenConnection, type Opening, openConnection } from './ownConnections.ts';
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
export interface ConnectionFacts extends Offers {
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
    const says = [open, uses, value.mocks, ...Object.values(offers).map((list) => Object.keys(list))];
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
