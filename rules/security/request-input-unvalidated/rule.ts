import { z } from 'zod';
import { rule } from '#api';
import { modulePath } from '../../_shared/filePath.ts';
import type { Middleware, WebRoute } from '../../_shared/web/project/model.ts';
import { knownApps, routeName } from '../../_shared/web/project/questions.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { parseWithSchema } from './fixes.ts';
import { type InputContext, nextHandlers, type Open, reportHandlers } from './handlers.ts';
import { inputFacet, type UncheckedHandler } from './inputFacet.ts';
import { reportNestApps } from './nestApps.ts';
import { nestBodiesFacet } from './nestBodies.ts';
import { mayValidate } from './validators.ts';

/** A handler that was found, and the routes that end in it. */
interface Found {
  readonly path: string;
  readonly handler: UncheckedHandler;
  readonly routes: WebRoute[];
}

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'What a client sends reaches the database, files or a process with no schema on the way.',
    promise: 'What clients send is validated before it is used',
    topics: [
      'input validation',
      'request validation',
      'validate input',
      'zod schema',
      'joi',
      'express-validator',
      'validation middleware',
      'mass assignment',
    ],
    subject: [
      'express',
      'koa',
      'fastify',
      'hono',
      'next',
      'router',
      'zod',
      'joi',
      'celebrate',
      'express-validator',
      'validate',
    ],
    references: [
      { title: 'CWE-20: Improper Input Validation', url: 'https://cwe.mitre.org/data/definitions/20.html' },
      {
        title: 'CWE-915: Improperly Controlled Modification of Object Attributes',
        url: 'https://cwe.mitre.org/data/definitions/915.html',
      },
      {
        title: 'OWASP: Input Validation',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html',
      },
    ],
    messages: {
      fields:
        '{call} hands {fields} from the {part} of {route} to {sink} as the client sent it: nothing on the route or in its handler says what it has to be, so it may be of any type and size, or an object with operators in it. Parse the {part} with a schema first.',
      whole:
        '{call} hands the whole {part} of {route} to {sink}: nothing on the route or in its handler says what may be in it, so a client sets fields that nobody meant it to set. Parse the {part} with a schema that names them.',
      many: '{count} handlers of {file} hand what clients send to {sinks} as it comes, and nothing on their routes or in them says what it has to be: {list}. Values may be of any type and size, and fields nobody meant may be set. Parse bodies with schemas before they are used.',
      unpiped:
        'Nothing validates bodies in the application made in {file}: no pipe is registered for all routes or for one, and no schema is used, so {list} take what clients send, whatever the types and decorators of their classes say. Register a ValidationPipe with whitelist.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, inputFacet, nestBodiesFacet],
    check(ctx) {
      const services = webServices(ctx);
      reportNestApps(services, ctx);
      const find = handlersOf(ctx);
      for (const { app } of knownApps(services)) {
        if (app.framework === 'nest') continue;
        const found = new Map<UncheckedHandler, Found>();
        for (const route of app.routes) {
          const handler = find(route);
          if (handler === undefined) continue;
          const entry = found.get(handler.handler) ?? { ...handler, routes: [] };
          found.set(handler.handler, entry);
          entry.routes.push(route);
        }
        const open = [...found.values()].flatMap(({ path, handler, routes }): readonly Open[] => {
          const [route] = routes;
          const isOpen = routes.every((one) => !mayValidate(one, ctx.providers('validator', one.place.path)));
          return route !== undefined && isOpen ? [{ path, handler, route: routeName(route) }] : [];
        });
        reportHandlers(open, app.localPath, ctx);
      }
      for (const [home, open] of nextHandlers(ctx)) reportHandlers(open, home, ctx);
    },
  },
  fixes: {
    fields: [{ title: 'Parse the {part} with a zod schema', safety: 'suggest', edits: parseWithSchema }],
  },
});

/** Finds the handler of a route among those that hand on what nobody looked at. */
function handlersOf(ctx: InputContext): (route: WebRoute) => Omit<Found, 'routes'> | undefined {
  const byName = new Map<string, Omit<Found, 'routes'>>();
  const inline = new Map<string, Omit<Found, 'routes'>[]>();
  for (const { path, value } of ctx.all(inputFacet)) {
    for (const handler of value.handlers) {
      const entry = { path, handler };
      if (handler.name === '') inline.set(path, [...(inline.get(path) ?? []), entry]);
      else if (!value.taken.includes(handler.name)) byName.set(`${modulePath(path)}#${handler.name}`, entry);
    }
  }
  return ({ handler, place, method, path }) => {
    if (handler === undefined || handler.isUnknown) return undefined;
    for (const one of handler.definitions ?? []) {
      const named = one.name === '' ? undefined : byName.get(`${modulePath(one.path)}#${one.name}`);
      if (named !== undefined) return named;
    }
    if (!isInline(handler)) return undefined;
    const written = (inline.get(place.path) ?? []).filter(
      ({ handler: own }) => own.method === method && path.endsWith(own.path === '/' ? '' : own.path),
    );
    return written.length === 1 ? written[0] : longest(written, path);
  };
}

/** Of several registrations in a file whose paths end the route's, the one that says most of it. */
function longest(entries: readonly Omit<Found, 'routes'>[], path: string): Omit<Found, 'routes'> | undefined {
  const exact = entries.filter(({ handler }) => handler.path === path || `${handler.path}/` === path);
  return exact.length === 1 ? exact[0] : undefined;
}

function isInline({ definitions }: Middleware): boolean {
  // `handler` is what options of a route call it.
  return (definitions ?? []).some(({ name }) => name === '' || name === 'handler');
}
