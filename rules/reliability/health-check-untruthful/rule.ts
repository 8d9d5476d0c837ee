import { z } from 'zod';
import { type FileHeader, rule, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerFunctions } from '../../_shared/web/handlerFunctions.ts';
import { routeOf } from '../../_shared/web/routes.ts';
import { asksNothing, claimIn, mayFail, swallowsFailure } from './handler.ts';
import { promiseOf } from './paths.ts';

/** Packages that talk to something which may be down while the process runs. */
const DEPENDENCIES = [
  ...['mongoose', 'mongodb', 'pg', 'mysql2', 'mysql', '@prisma/client', 'typeorm', 'sequelize', 'knex', 'drizzle-orm'],
  ...['ioredis', 'redis', 'amqplib', 'kafkajs', '@elastic/elasticsearch', 'cassandra-driver', 'mssql', 'oracledb'],
] as const;

/** Files that try something out, beside the service's own check. */
const TRIES_OUT = /(?:^|\/)(?:tests?|examples?|demos?|mocks?|stubs?)\/|[-._](?:tests?|demo)\.[cm]?[jt]s$/i;

function dependencyOf(header: FileHeader): string | undefined {
  return DEPENDENCIES.find((name) => header.dependency(name) !== undefined);
}

/** Paths under which the dependencies are asked, so that the plain one may well say that the process lives. */
const ASKED =
  /['"`/](?:readyz?|readiness)\b|health[/_-](?:ready|readiness|db|database|mongo|postgres|redis|deep|full|detailed|services)/i;

/** Whether the file answers another path for what a plain one does not ask. */
function isAskedBeside(call: ts.CallExpression, path: string, source: SourceView): boolean {
  if (promiseOf(path) === 'ready') return false;
  const file = call.getSourceFile();
  source.relyOn(file);
  return ASKED.test(file.text);
}

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Health checks that say that all is well whatever happens.',
    promise: 'Health checks fail when what the service needs is down',
    topics: ['health check', 'health endpoint', 'readiness', 'readiness probe', 'dependency check'],
    subject: ['health', 'healthcheck', 'readiness', 'readyz', 'ready'],
    references: [
      {
        title: 'Kubernetes: liveness, readiness and startup probes',
        url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
      },
      {
        title: 'Azure: Health Endpoint Monitoring pattern',
        url: 'https://learn.microsoft.com/azure/architecture/patterns/health-endpoint-monitoring',
      },
    ],
    messages: {
      always:
        '{path} asks what the service needs, and answers 2xx whatever comes back. Balancers look at the status alone and keep sending requests. Answer 503 when something is down.',
      claimed:
        '{path} says {claim} without asking. Whoever reads it looks for the failure elsewhere. Ask, or leave it out.',
      nothing:
        '{path} answers that all is well and asks nothing, while this service needs {dependency}. Ask it, with a timeout, and answer 503 when it is down; what only says that the process lives is better called /livez.',
    },
  },
  options: z.strictObject({}),
  file: {
    collect: {
      CallExpression: {
        named: /^(?:get|all)$/,
        listen: (call): ts.CallExpression | undefined => {
          const name = memberCall(call)?.name;
          const [path] = call.arguments;
          if ((name !== 'get' && name !== 'all') || path === undefined || call.arguments.length !== 2) return undefined;
          return ts.isStringLiteralLike(path) && promiseOf(path.text) !== undefined ? call : undefined;
        },
      },
    },
    each(call, ctx) {
      const [place] = call.arguments;
      if (place === undefined || !ts.isStringLiteralLike(place)) return;
      const route = routeOf(call, ctx);
      const [fn] = handlerFunctions(route?.handlers[0], ctx);
      if (route === undefined || fn === undefined || mayFail(fn) || TRIES_OUT.test(ctx.header.localPath)) return;
      const path = place.text;
      const claim = claimIn(fn);
      const dependency = dependencyOf(ctx.header);
      if (swallowsFailure(fn)) ctx.report(place, 'always', { path });
      else if (claim !== undefined) ctx.report(claim, 'claimed', { path, claim: claim.getText() });
      else if (dependency !== undefined && asksNothing(fn) && !isAskedBeside(call, path, ctx))
        ctx.report(place, 'nothing', { path, dependency });
    },
  },
});
