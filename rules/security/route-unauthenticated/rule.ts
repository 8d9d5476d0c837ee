import { z } from 'zod';
import { rule } from '#api';
import { declaredFor } from '../../_shared/web/project/declared.ts';
import type { WebRoute } from '../../_shared/web/project/model.ts';
import { knownApps, listSome } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { addGuard, OPEN_TOO } from './addGuard.ts';
import { guardedRoutes, openRoutes } from './guards.ts';

/** Places that a finding names beside its own. */
const MAX_PLACES = 20;

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Routes that change something for whoever calls, in services that authenticate elsewhere.',
    promise: 'Routes that change something know who calls',
    topics: ['route authentication', 'unauthenticated route', 'auth middleware', 'protected routes', 'route guard'],
    subject: ['router', 'app', 'Controller', 'fastify', 'express', 'koa', 'hono', 'nestjs'],
    references: [
      {
        title: 'CWE-306: Missing Authentication for Critical Function',
        url: 'https://cwe.mitre.org/data/definitions/306.html',
      },
      {
        title: 'OWASP API Security: Broken Function Level Authorization',
        url: 'https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/',
      },
    ],
    messages: {
      open: 'Whoever calls {list} is served: nothing that authenticates runs for {them}, and {guard} runs for {guarded} of the application made in {file} that change something. Register it for {them} too, or say that {they} to everybody.{declared}',
    },
  },
  options: z.strictObject({
    public: z
      .array(z.string())
      .default([])
      .describe('Paths of routes that everybody may call, with all prefixes; one that ends in * names all below.'),
  }),
  project: {
    facets: WEB_FACETS,
    check(ctx) {
      for (const { app } of knownApps(webServices(ctx))) {
        const guarded = guardedRoutes(app);
        const [example] = guarded;
        if (example === undefined) continue;
        const open = openRoutes(app).filter(({ path }) => !isNamed(path, ctx.options.public));
        const [first, ...others] = open;
        if (first === undefined) continue;
        const declared = declaredFor(app, 'authentication', 'authMiddleware', ctx);
        if (declared.isDone) continue;
        const isOne = others.length === 0;
        ctx.report(
          { ...first.place, facet: webFacet },
          'open',
          {
            list: listSome(open.map(nameOf)),
            them: isOne ? 'it' : 'them',
            they: isOne ? 'it is open' : 'they are open',
            guard: example.guard,
            guarded: guarded.length === 1 ? 'one of the routes' : `${guarded.length} of the routes`,
            file: app.localPath,
            declared: declared.note,
          },
          [
            ...others.slice(0, MAX_PLACES).map(({ place }) => ({ ...place, facet: webFacet, label: OPEN_TOO })),
            { ...example.route.place, facet: webFacet, label: `${example.guard} runs for this route.` },
          ],
        );
      }
    },
  },
  fixes: { open: [{ title: 'Register {guard} for {list}', safety: 'suggest', edits: addGuard }] },
});

function isNamed(path: string, names: readonly string[]): boolean {
  return names.some((name) => (name.endsWith('*') ? path.startsWith(name.slice(0, -1)) : path === name));
}

/** `POST /orders`. */
function nameOf({ method, path }: WebRoute): string {
  return `${method.toUpperCase().replaceAll('|', '/')} ${path}`;
}
