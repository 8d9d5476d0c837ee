import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { addCloseHook, awaitClose } from './fixes.ts';
import type { ImportedUse } from './imported.ts';
import type { Origin, Reference } from './origins.ts';
import { type Conditional, type ServerFacts, serverFacet } from './serverFacet.ts';
import type { Given } from './starts.ts';

type Message = 'unclosed' | 'dropped' | 'notAwaited' | 'helperUnclosed' | 'importUnclosed';
type Context = ProjectContext<Message, unknown>;

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    appliesTo: 'tests',
    summary: 'A test starts a server and never closes it, or does not wait until it is closed.',
    promise: 'Tests close every server they start',
    topics: [
      'open handles',
      'server close',
      'close the server',
      'test suite hangs',
      'afterAll',
      'detectOpenHandles',
      'jest hangs',
      'teardown',
    ],
    subject: ['listen', 'createServer', 'server'],
    references: [
      { title: 'Jest: detectOpenHandles', url: 'https://jestjs.io/docs/cli#--detectopenhandles' },
      { title: 'Node.js: server.close()', url: 'https://nodejs.org/api/http.html#serverclosecallback' },
      { title: 'CWE-772: Missing Release of Resource', url: 'https://cwe.mitre.org/data/definitions/772.html' },
    ],
    messages: {
      unclosed:
        'The server in {name} is started here and never closed, so the test run hangs or the next one finds its port taken. Close it in an after hook and wait for it.',
      dropped:
        'This server is started and its handle is dropped, so nothing can close it and the test run hangs. Keep the handle and close it in an after hook.',
      notAwaited: {
        text: '{name}.close() returns before the server is closed and this hook does not wait for it, so the run may end with open handles. Wait for the callback.',
        priority: 'P1',
      },
      helperUnclosed:
        '{name}() from {module} starts a server that this test never closes, so the test run hangs. Close what it returns in an after hook.',
      importUnclosed:
        'Loading {module} starts a server that no test closes, so the test run hangs. Start it in a function that tests need not call, or export it and close it in an after hook.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [serverFacet],
    check(ctx) {
      const cleaned = cleanedAnywhere(ctx);
      for (const { path, value, isTest } of ctx.all(serverFacet)) {
        if (!isTest) continue;
        reportOwn(path, value, ctx);
        for (const use of value.uses) reportImported(path, use, value, cleaned, ctx);
      }
    },
  },
  fixes: {
    unclosed: [{ title: 'Close {name} in an after hook', safety: 'safe', edits: addCloseHook }],
    notAwaited: [{ title: 'Wait until {name} is closed', safety: 'safe', edits: awaitClose }],
  },
});

function reportOwn(path: string, { open }: ServerFacts, ctx: Context): void {
  for (const { at, problem, name, kind, given } of open) {
    if (!isGiven(path, given, ctx)) continue;
    const message = problem === 'notAwaited' ? 'notAwaited' : name === '' ? 'dropped' : 'unclosed';
    const place = { path, facet: serverFacet, anchor: at };
    if (message === 'unclosed') ctx.report(place, message, { name, kind });
    else ctx.report(place, message, name === '' ? {} : { name });
  }
}

/** `path#name` of exports that some test-side file closes or calls while cleaning up: set-up files serve all tests. */
function cleanedAnywhere(ctx: Context): ReadonlySet<string> {
  const cleaned = new Set<string>();
  for (const { path, value } of ctx.all(serverFacet)) {
    for (const reference of value.cleaned) {
      const [module = '', name = ''] = reference.split('#');
      const resolved = ctx.resolveImport(path, module);
      if (resolved !== undefined) cleaned.add(`${resolved}#${name}`);
    }
  }
  return cleaned;
}

function reportImported(
  path: string,
  use: ImportedUse,
  { cleaned }: ServerFacts,
  cleanedByAny: ReadonlySet<string>,
  ctx: Context,
): void {
  const target = use.closed ? undefined : ctx.resolveImport(path, use.module);
  const facts = target === undefined ? undefined : ctx.get(target, serverFacet);
  if (
    target === undefined ||
    facts === undefined ||
    cleaned.some((reference) => reference.startsWith(`${use.module}#`))
  )
    return;
  const closedElsewhere = [...cleanedByAny].some((reference) => reference.startsWith(`${target}#`));
  if (closedElsewhere) return;
  const place = { path, facet: serverFacet, anchor: use.at };
  const holds = ({ given }: Conditional): boolean => isGiven(target, given, ctx);
  if (use.name === '*') {
    if (facts.startsOnImport.some(holds)) ctx.report(place, 'importUnclosed', { module: use.module });
  } else if (facts.starters.some((starter) => starter.name === use.name && holds(starter))) {
    ctx.report(place, 'helperUnclosed', { name: use.name || 'The default export', module: use.module });
  }
}

/** References are followed through this many modules. */
const MAX_MODULES = 4;

/** Whether another module hands out what a finding depends on. */
function isGiven(path: string, given: Given | undefined, ctx: Context): boolean {
  return given === undefined || originBehind(path, given.reference, ctx) === given.origin;
}

function originBehind(path: string, { module, name }: Reference, ctx: Context, steps = 0): Origin | undefined {
  const target = ctx.resolveImport(path, module);
  const offers = target === undefined ? undefined : ctx.get(target, serverFacet)?.offers;
  const offer = offers !== undefined && Object.hasOwn(offers, name) ? offers[name] : undefined;
  if (target === undefined || offer === undefined) return undefined;
  if (typeof offer === 'string') return offer;
  return steps < MAX_MODULES ? originBehind(target, offer, ctx, steps + 1) : undefined;
}
