import type { Finding, FixContext, FixEdit } from '#api';
import { quoteMark } from '../../_shared/layout.ts';
import type { Framework } from '../../_shared/web/frameworks.ts';
import { type Remedy, registerFirst } from '../../_shared/web/project/registerFirst.ts';

/** Attempts at credentials within a quarter of an hour. */
const ATTEMPTS = 10;
/** Requests of one client within a quarter of an hour: the example of express-rate-limit's documentation. */
const REQUESTS = 100;

const EXPRESS: Remedy = {
  package: 'express-rate-limit',
  range: '^8.0.0',
  name: 'rateLimit',
  isDefault: false,
  statement: (app) => `${app}.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: ${REQUESTS} }))`,
};

const REMEDIES: Readonly<Partial<Record<Framework, Remedy>>> = {
  express: EXPRESS,
  nest: EXPRESS,
  fastify: {
    package: '@fastify/rate-limit',
    range: '^10.0.0',
    name: 'rateLimit',
    isDefault: true,
    statement: (app) => `${app}.register(rateLimit, { max: ${REQUESTS}, timeWindow: 15 * 60 * 1000 })`,
  },
  koa: {
    package: 'koa-ratelimit',
    range: '^6.0.0',
    name: 'rateLimit',
    isDefault: true,
    statement: (app) =>
      `${app}.use(rateLimit({ driver: 'memory', db: new Map(), duration: 15 * 60 * 1000, max: ${REQUESTS} }))`,
  },
};

/** What limits requests in a framework; `undefined` where nothing fits every application. */
export function limiterFor(framework: Framework): Remedy | undefined {
  return REMEDIES[framework];
}

/** Registers a limiter for everything right behind the application. */
export function addLimiter(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const remedy = limiterFor(finding.data['framework'] as Framework);
  return remedy && registerFirst(ctx, finding, quoted(remedy, ctx));
}

/** Registers a stricter limiter for the paths that the finding names, where each is constant and Express counts them. */
export function addLimiterForPaths(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  if (finding.data['framework'] !== 'express') return undefined;
  const paths = [...new Set(String(finding.data['paths']).split(/[ |]/))];
  if (paths.some((path) => /[*(?+\\]/.test(path))) return undefined;
  const quote = quoteMark(ctx.text);
  const list = paths.map((path) => quote + path + quote).join(', ');
  const where = paths.length === 1 ? list : `[${list}]`;
  return registerFirst(ctx, finding, {
    ...EXPRESS,
    statement: (app) => `${app}.use(${where}, rateLimit({ windowMs: 15 * 60 * 1000, limit: ${ATTEMPTS} }))`,
  });
}

function quoted(remedy: Remedy, { text }: FixContext<unknown>): Remedy {
  return { ...remedy, statement: (app) => remedy.statement(app).replaceAll("'", quoteMark(text)) };
}
