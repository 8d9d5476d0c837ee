import type { Finding, FixContext, FixEdit } from '#api';
import type { Framework } from '../../_shared/web/frameworks.ts';
import { type Remedy, registerFirst } from '../../_shared/web/project/registerFirst.ts';

/** What sends the headers in each framework. */
const REMEDIES: Readonly<Partial<Record<Framework, Remedy & { readonly label: string }>>> = {
  express: {
    label: 'helmet',
    package: 'helmet',
    range: '^8.0.0',
    name: 'helmet',
    isDefault: true,
    statement: (app) => `${app}.use(helmet())`,
  },
  nest: {
    label: 'helmet',
    package: 'helmet',
    range: '^8.0.0',
    name: 'helmet',
    isDefault: true,
    statement: (app) => `${app}.use(helmet())`,
  },
  koa: {
    label: 'koa-helmet',
    package: 'koa-helmet',
    range: '^8.0.0',
    name: 'helmet',
    isDefault: true,
    statement: (app) => `${app}.use(helmet())`,
  },
  fastify: {
    label: '@fastify/helmet',
    package: '@fastify/helmet',
    range: '^13.0.0',
    name: 'helmet',
    isDefault: true,
    statement: (app) => `${app}.register(helmet)`,
  },
  hono: {
    label: 'secureHeaders',
    package: 'hono',
    module: 'hono/secure-headers',
    range: undefined,
    name: 'secureHeaders',
    isDefault: false,
    statement: (app) => `${app}.use(secureHeaders())`,
  },
};

/** The package or function that sends security headers; `undefined` for frameworks without one. */
export function remedyFor(framework: Framework): (typeof REMEDIES)[Framework] {
  return REMEDIES[framework];
}

/** Registers it right behind the application, with its import and dependency. */
export function addHeaders(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const remedy = remedyFor(finding.data['framework'] as Framework);
  return remedy && registerFirst(ctx, finding, remedy);
}
