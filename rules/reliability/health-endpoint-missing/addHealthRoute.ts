import type { Finding, FixContext, FixEdit } from '#api';
import { askingStatement } from '../../_shared/data/askClient.ts';
import { quoteMark } from '../../_shared/layout.ts';
import { packageFolder } from '../../_shared/project/nearestPackage.ts';
import { rememberedClients } from '../../_shared/project/openedClients.ts';
import { type ReachedClient, reachClients } from '../../_shared/project/reachClients.ts';
import { connectionFacet } from '../../_shared/testing/connections/connectionFacet.ts';
import type { Framework } from '../../_shared/web/frameworks.ts';
import { registerBehind } from '../../_shared/web/project/registerFirst.ts';

/** Lines of code, indented by two spaces for each level; `;` stands at the end where the file has them. */
type Lines = readonly string[];

/** Routes of a framework: one that says that the process answers, one that asks what the service needs. */
interface Routes {
  alive(app: string): Lines;
  /** @param asking statements that throw where something is down */
  ready(app: string, asking: Lines): Lines;
}

const attempt = (indent: string, asking: Lines, well: string, down: Lines): Lines => [
  `${indent}try {`,
  ...asking.map((line) => `${indent}  ${line}`),
  `${indent}  ${well}`,
  `${indent}} catch {`,
  ...down.map((line) => `${indent}  ${line}`),
  `${indent}}`,
];

const READY = "{ status: 'ready' }";
const DOWN = "{ status: 'unavailable' }";

const ROUTES: Readonly<Partial<Record<Framework, Routes>>> = {
  express: {
    alive: (app) => [`${app}.get('/healthz', (_request, response) => {`, `  response.json({ status: 'ok' });`, '});'],
    ready: (app, asking) => [
      `${app}.get('/readyz', async (_request, response) => {`,
      ...attempt('  ', asking, `response.json(${READY});`, [`response.status(503).json(${DOWN});`]),
      '});',
    ],
  },
  fastify: {
    alive: (app) => [`${app}.get('/healthz', async () => ({ status: 'ok' }));`],
    ready: (app, asking) => [
      `${app}.get('/readyz', async (_request, reply) => {`,
      ...attempt('  ', asking, `return ${READY};`, [`return reply.code(503).send(${DOWN});`]),
      '});',
    ],
  },
  koa: {
    alive: (app) => [
      `${app}.use(async (context, next) => {`,
      `  if (context.path !== '/healthz') return next();`,
      `  context.body = { status: 'ok' };`,
      '});',
    ],
    ready: (app, asking) => [
      `${app}.use(async (context, next) => {`,
      `  if (context.path !== '/readyz') return next();`,
      ...attempt('  ', asking, `context.body = ${READY};`, [`context.status = 503;`, `context.body = ${DOWN};`]),
      '});',
    ],
  },
  hono: {
    alive: (app) => [`${app}.get('/healthz', () => new Response('ok'));`],
    ready: (app, asking) => [
      `${app}.get('/readyz', async () => {`,
      ...attempt('  ', asking, `return new Response('ready');`, [
        `return new Response('unavailable', { status: 503 });`,
      ]),
      '});',
    ],
  },
};

/** Whether the fix knows how an application of this framework answers. */
export function canAnswer(framework: Framework): boolean {
  return ROUTES[framework] !== undefined;
}

/** Registers a route right behind the application, before anything asks for authentication. */
export function addHealthRoute(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const routes = ROUTES[finding.data['framework'] as Framework];
  return routes && register(ctx, routes.alive);
}

/** The same, with a second route that asks the clients which the service opens and answers 503 when one is down. */
export function addReadinessRoute(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const routes = ROUTES[finding.data['framework'] as Framework];
  const root = ctx.path.slice(0, ctx.path.length - ctx.header.localPath.length).replace(/\/$/, '');
  const opened = rememberedClients(finding.data, ctx.all(connectionFacet), root);
  const reached = routes === undefined || opened.length === 0 ? undefined : reachClients(opened, ctx, ctx);
  if (routes === undefined || reached === undefined) return undefined;
  const asking = reached.clients.flatMap((client) => askingLine(client, ctx));
  const registration = register(ctx, (app) => [...routes.alive(app), ...routes.ready(app, asking)]);
  return registration && joined([...reached.imports, ...registration]);
}

function register(ctx: FixContext<unknown>, lines: (app: string) => Lines): ReturnType<typeof registerBehind> {
  return registerBehind(ctx, (app) => lines(app).map((line) => line.replaceAll("'", quoteMark(ctx.text))));
}

function askingLine({ ask, local }: ReachedClient, ctx: FixContext<unknown>): Lines {
  if (ask === undefined) return [];
  // Prisma asks MongoDB by commands.
  if (ask === 'prisma' && usesMongo(ctx)) return [`await ${local}.$runCommandRaw({ ping: 1 });`];
  return [`${askingStatement(ask, local)};`];
}

function usesMongo(ctx: FixContext<unknown>): boolean {
  const folder = packageFolder(ctx.path, ctx);
  const schema = folder === undefined ? undefined : ctx.source(`${folder}/prisma/schema.prisma`);
  return /^\s*provider\s*=\s*"mongodb"/m.test(schema?.text ?? '');
}

/** Imports may end up where the route does: what stands at one place is one edit. */
function joined(edits: readonly FixEdit[]): readonly FixEdit[] {
  const places = new Map<number, FixEdit>();
  const others: FixEdit[] = [];
  for (const edit of edits) {
    const before = 'newText' in edit ? places.get(edit.start) : undefined;
    if (!('newText' in edit)) others.push(edit);
    else if (before === undefined || !('newText' in before)) places.set(edit.start, edit);
    else places.set(edit.start, { ...before, newText: before.newText + edit.newText });
  }
  return [...places.values(), ...others];
}
