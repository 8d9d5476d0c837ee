import { z } from 'zod';
import { type MessageData, type ProjectContext, rule } from '#api';
import { deploymentFacet, isRunByPlatform } from '../../_shared/project/deploymentFacet.ts';
import { CLIENT_FACETS, clientData, openedClients } from '../../_shared/project/openedClients.ts';
import { runningFacet } from '../../_shared/project/runningFacet.ts';
import { surroundingsOf } from '../../_shared/project/surroundings.ts';
import type { WebApp } from '../../_shared/web/project/model.ts';
import { isCalledByPlatform } from '../../_shared/web/project/questions.ts';
import { webFacet } from '../../_shared/web/project/webFacet.ts';
import { isDeployed, WEB_FACETS, webServices } from '../../_shared/web/project/webModel.ts';
import { closeServer } from './closeServer.ts';
import { canHandle, enableHooks } from './enableHooks.ts';

/** Packages that end a process in order when it is told to stop. */
const CLOSING =
  /graceful|close-with-grace|http-terminator|http-shutdown|stoppable|terminus$|lightship|^fastify-cli$|(?:^|-)exit-hook$|signal-exit|^death$|node-cleanup|throng|^shutdown-|-shutdown$/;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Services that break off requests when they are told to stop.',
    promise: 'Services finish their requests and close what they opened when they are told to stop',
    topics: ['graceful shutdown', 'sigterm', 'sigint', 'shutdown handler', 'connection draining'],
    subject: ['SIGTERM', 'SIGINT', 'shutdown', 'listen', 'express', 'fastify', 'koa', 'nestjs'],
    references: [
      {
        title: 'Express: health checks and graceful shutdown',
        url: 'https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html',
      },
      { title: 'Node.js: signal events', url: 'https://nodejs.org/api/process.html#signal-events' },
    ],
    messages: {
      missing:
        'The service of the application made in {file} handles no signal: no SIGTERM or SIGINT is listened to in its package, and no package does it. At each deployment requests under way are broken off and connections stay open on the other side. Close the server and what it opened when the signal comes.',
      exits:
        'This handler ends the process without closing anything, which is what happens without it as well: requests under way are broken off. Close the server and connections first.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [...WEB_FACETS, ...CLIENT_FACETS, deploymentFacet, runningFacet],
    check(ctx) {
      const services = webServices(ctx);
      for (const service of services) {
        const [app] = service.apps;
        if (app === undefined || !isDeployed(service) || isRunByPlatform(service.folder, ctx)) continue;
        if (isCalledByPlatform(service) || service.apps.every(({ isLocal }) => isLocal)) continue;
        // What Hono exports is mostly called by a platform, which starts and stops it.
        if (service.apps.every(({ framework }) => framework === 'hono')) continue;
        const { signs, bareExits, dependencies } = surroundingsOf(service, services, ctx);
        if (signs.has('signals') || dependencies.some((name) => CLOSING.test(name))) continue;
        const [exit] = bareExits;
        if (exit !== undefined) ctx.report({ ...exit, facet: runningFacet }, 'exits');
        else if (service.apps.every(({ unfollowed }) => unfollowed.length === 0)) {
          const framework = canHandle(app.framework) ? app.framework : '';
          const data = { file: app.localPath, framework, ...closable(app, ctx) };
          ctx.report({ ...app.place, facet: webFacet }, 'missing', data);
        }
      }
    },
  },
  fixes: {
    missing: [
      { title: 'Close {closing} on SIGTERM and SIGINT', safety: 'suggest', edits: closeServer },
      { title: 'Enable the shutdown hooks of Nest', safety: 'suggest', edits: enableHooks },
    ],
  },
});

/** What the fix closes: the server where it listens, and the clients that the program opens. */
function closable(
  { place: { path }, listensIn }: WebApp,
  ctx: Pick<ProjectContext<string, unknown>, 'root' | 'get' | 'resolveImport'>,
): MessageData {
  const [file, ...others] = listensIn;
  if (file === undefined || others.length > 0) return { listens: '', closing: 'the server' };
  const data = clientData(openedClients([file, path], file, ctx), ctx.root);
  const closing = data['clients'] === '' ? 'the server' : `the server and ${data['clients']}`;
  return { ...data, listens: file.slice(ctx.root.length + 1), closing };
}
