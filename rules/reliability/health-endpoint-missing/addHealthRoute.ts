import type { Finding, FixContext, FixEdit } from '#api';
import { quoteMark } from '../../_shared/layout.ts';
import type { Framework } from '../../_shared/web/frameworks.ts';
import { registerBehind } from '../../_shared/web/project/registerFirst.ts';

type Lines = (app: string) => readonly string[];

/** A route that says that the process answers, in each framework; `;` stands at the end where the file has them. */
const ROUTES: Readonly<Partial<Record<Framework, Lines>>> = {
  express: (app) => [`${app}.get('/healthz', (_request, response) => {`, `  response.json({ status: 'ok' });`, '});'],
  fastify: (app) => [`${app}.get('/healthz', async () => ({ status: 'ok' }));`],
  koa: (app) => [
    `${app}.use(async (context, next) => {`,
    `  if (context.path !== '/healthz') return next();`,
    `  context.body = { status: 'ok' };`,
    '});',
  ],
  hono: (app) => [`${app}.get('/healthz', () => new Response('ok'));`],
};

/** Whether the fix knows how an application of this framework answers. */
export function canAnswer(framework: Framework): boolean {
  return ROUTES[framework] !== undefined;
}

/** Registers a route right behind the application, before anything asks for authentication. */
export function addHealthRoute(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const lines = ROUTES[finding.data['framework'] as Framework];
  if (lines === undefined) return undefined;
  return registerBehind(ctx, (app) => lines(app).map((line) => line.replaceAll("'", quoteMark(ctx.text))));
}
