import { z } from 'zod';
import { register, rule } from '#api';
import type { Middleware, WebApp } from '#rules/_shared/web/project/model.ts';
import { comesBefore, type Order } from '#rules/_shared/web/project/order.ts';
import { knownApps, listSome, takesCareOf } from '#rules/_shared/web/project/questions.ts';
import { registerFirst } from '#rules/_shared/web/project/registerFirst.ts';
import { webFacet } from '#rules/_shared/web/project/webFacet.ts';
import { isDeployed, WEB_FACETS, webServices } from '#rules/_shared/web/project/webModel.ts';
import { probeMeta } from './appProbe.ts';

/** Says in one message all that the web model knows of an application. */
export const modelProbe = register(
  'security',
  'probe-web-model',
  rule({
    meta: probeMeta,
    options: z.strictObject({}),
    project: {
      facets: WEB_FACETS,
      check(ctx) {
        const services = webServices(ctx);
        const known = knownApps(services);
        for (const service of services) {
          const imports = [...service.imports].sort().join(' ');
          for (const app of service.apps) {
            const found = known.find((one) => one.app === app);
            const care = found === undefined ? 'unknown' : String(takesCareOf(found, 'limit'));
            const about = [`deployed ${isDeployed(service)}`, `imports ${imports}`, `limits ${care}`];
            const text = listSome([...about, ...describeApp(app)], 100);
            ctx.report({ ...app.place, facet: webFacet }, 'app', { text });
          }
        }
      },
    },
    fixes: {
      app: [
        {
          title: 'Register a limiter',
          safety: 'suggest',
          edits: (ctx, finding) =>
            registerFirst(ctx, finding, {
              package: 'express-rate-limit',
              range: '^8.0.0',
              name: 'rateLimit',
              isDefault: false,
              statement: (app) => `${app}.use(rateLimit())`,
            }),
        },
      ],
    },
  }),
);

/** Lines that tell an application: what runs for many routes, each route with what runs for it, what is unknown. */
export function describeApp({ routes, middleware, errorHandlers, unfollowed }: WebApp): readonly string[] {
  return [
    `common ${middleware.map(nameOf).join(' ')}`,
    ...routes.map((route) => {
      const names = [...route.middleware, ...(route.handler === undefined ? [] : [route.handler])].map(nameOf);
      return `${route.method} ${route.path} ${names.join(' ')}`;
    }),
    `errors ${errorHandlers.map(nameOf).join(' ')}`,
    `unfollowed ${unfollowed.join(' ')}`,
    `order ${orderOf([...middleware, ...errorHandlers, ...routes]).join(' ')}`,
  ];
}

/** `1<3`: which of these are known to be registered before which. */
function orderOf(all: readonly { readonly order: Order }[]): readonly string[] {
  return all.flatMap((one, at) =>
    all.flatMap((other, index) => (comesBefore(one.order, other.order) === true ? [`${at}<${index}`] : [])),
  );
}

function nameOf({ reference, names, concerns }: Middleware): string {
  const name = reference ?? names.at(-1) ?? '?';
  return concerns.size === 0 ? name : `${name}[${[...concerns].sort().join()}]`;
}
