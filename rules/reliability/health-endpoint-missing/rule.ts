import { z } from 'zod';
import { rule } from '#api';
import { deploymentFacet, isAskedForHealth, isRunByPlatform } from '../../_shared/project/deploymentFacet.ts';
import { CLIENT_FACETS, clientData, openedClients } from '../../_shared/project/openedClients.ts';
import { scriptsFacet } from '../../_shared/project/scriptsFacet.ts';
import { workspaceFacet } from '../../_shared/project/workspaceFacet.ts';
import type { WebApp } from '../../_shared/web/project/model.ts';
import {
  countRoutes,
  isCalledByPlatform,
  isCatchAll,
  isRootRoute,
  type KnownApp,
  knownApps,
} from '../../_shared/web/project/questions.ts';
import { CONCERN_NAMES, HEALTH_PATH } from '../../_shared/web/project/vocabulary.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { addHealthRoute, addReadinessRoute, canAnswer } from './addHealthRoute.ts';
import { askOtherPort, askRoute } from './aimProbe.ts';
import { answerFacet } from './answerFacet.ts';
import { probeFacet } from './probeFacet.ts';
import { unanswered } from './unanswered.ts';

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Services that nobody can ask whether they live and are ready.',
    promise: 'Services answer health checks',
    topics: [
      'health check',
      'health endpoint',
      'healthz',
      'readiness',
      'liveness',
      'readiness probe',
      'liveness probe',
    ],
    subject: ['health', 'healthz', 'readiness', 'express', 'fastify', 'koa', 'hono', 'nestjs'],
    references: [
      {
        title: 'Express: health checks and graceful shutdown',
        url: 'https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html',
      },
      {
        title: 'Kubernetes: liveness, readiness and startup probes',
        url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
      },
    ],
    messages: {
      missing:
        'The application made in {file} ({routes}) has no route for health checks, such as /healthz or /readyz. A balancer or orchestrator cannot tell a process that hangs from one that works, and sends requests to both. Answer a path that checks what the service needs.',
      unserved:
        'This check asks {asked}, and nothing in the application made in {file} ({routes}) answers that path: the check gets a 404 in whatever state the service is. Ask a path that it serves, or serve this one.',
      otherPort:
        'This check asks port {port}, and the application made in {file} listens on {listens}: the check never reaches it. Ask port {listens}.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, ...CLIENT_FACETS, deploymentFacet, probeFacet, answerFacet, scriptsFacet, workspaceFacet],
    check(ctx) {
      for (const { path, anchor, messageId, data } of unanswered(ctx)) {
        ctx.report({ path, facet: probeFacet, anchor }, messageId, data);
      }
      // Probes ask a path already, whatever it is called.
      if (isAskedForHealth(ctx)) return;
      for (const known of knownApps(webServices(ctx))) {
        const { app, service } = known;
        if (app.routes.length === 0 || !isOwnProcess(app) || isRunByPlatform(service.folder, ctx)) continue;
        if (isCalledByPlatform(service) || answersChecks(known)) continue;
        const { path } = app.place;
        const clients = openedClients([path, ...app.listensIn], path, ctx).filter(({ ask }) => ask !== undefined);
        ctx.report({ ...app.place, facet: webFacet }, 'missing', {
          file: app.localPath,
          routes: countRoutes(app),
          framework: canAnswer(app.framework) ? app.framework : '',
          ...clientData(clients, ctx.root),
        });
      }
    },
  },
  fixes: {
    unserved: [{ title: 'Ask {route}', safety: 'suggest', edits: askRoute }],
    otherPort: [{ title: 'Ask port {listens}', safety: 'suggest', edits: askOtherPort }],
    missing: [
      { title: 'Answer /healthz, and /readyz that asks {clients}', safety: 'suggest', edits: addReadinessRoute },
      { title: 'Answer /healthz', safety: 'suggest', edits: addHealthRoute },
    ],
  },
});

/** What a Hono application exports is mostly run by a platform for each request: nobody asks there whether it lives. */
function isOwnProcess({ framework, handedTo }: WebApp): boolean {
  return framework !== 'hono' || handedTo.some((reference) => reference.startsWith('@hono/node-server#'));
}

/** Whether a route, a package or a path anywhere in the service is for health checks. */
function answersChecks({ app, service }: KnownApp): boolean {
  if (service.imports.has('health') || service.healthPaths.length > 0) return true;
  // Elsewhere what answers every path says that there is nothing.
  const servesPages =
    service.package?.rendersOnServer === true || app.middleware.some(({ reference }) => /static/.test(reference ?? ''));
  return app.routes.some(
    (route) =>
      // What the root of a service answers beside the application itself is mostly that it lives.
      (isRootRoute(route) && route.place.path === app.place.path) ||
      (isCatchAll(route) && servesPages) ||
      HEALTH_PATH.test(route.path) ||
      route.handler?.names.some((name) => CONCERN_NAMES.health.test(lastPart(name))) === true,
  );
}

/** The export of `/project/src/status#handle`: folders say nothing. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('#') + 1);
}
