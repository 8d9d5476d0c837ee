import { z } from 'zod';
import { rule } from '#api';
import { isComposeFile, isComposeForWork } from '../../_shared/delivery/compose.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { contradictions } from './contradictions.ts';
import { dependencyFacet } from './dependencyFacet.ts';
import { addCheck, addMissingCheck, waitUntilHealthy } from './fix.ts';
import { imageCheckFacet } from './imageChecks.ts';
import { waitingIn } from './waiting.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Services that start before what they depend on can serve them.',
    promise: 'Services wait until what they depend on is healthy',
    topics: [
      'compose healthcheck',
      'depends_on',
      'service_healthy',
      'startup order',
      'database healthcheck',
      'docker-compose healthcheck',
    ],
    subject: ['depends_on'],
    references: [
      {
        title: 'Docker Compose: control startup order',
        url: 'https://docs.docker.com/compose/how-tos/startup-order/',
      },
      {
        title: 'Compose file reference: healthcheck',
        url: 'https://docs.docker.com/reference/compose-file/services/#healthcheck',
      },
    ],
    messages: {
      unchecked:
        '{others} can only wait for the process of {service}, not until it answers, because {service} has no healthcheck: after a restart of the machine the first requests fail, or the service gives up. Add a check and wait for it.',
      started:
        '{service} starts as soon as the process of {others} does, although a healthcheck tells when it answers: after a restart of the machine the first requests fail, or the service gives up. Wait with condition: service_healthy.',
      never: {
        text: '{service} waits until {other} is healthy, and neither this file nor the image of {other} has a check: Compose ends with an error, and {service} is never started. Add a healthcheck to {other}.',
        priority: 'P1',
      },
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['yaml'],
    matches: (path) => isComposeFile(path) && !isComposeForWork(path),
    check({ document, path, report }) {
      if (document.language !== 'yaml') return;
      const waiting = waitingIn(document);
      if (waiting.length === 0 || useOf(path, document) !== 'shipped') return;
      for (const { span, service, others } of waiting) {
        report(span, 'unchecked', { service: service.name, others: others.join(', ') });
      }
    },
  },
  project: {
    facets: [dependencyFacet, imageCheckFacet],
    check(ctx) {
      for (const { path, anchor, message, data } of contradictions(ctx)) {
        ctx.report({ path, facet: dependencyFacet, anchor }, message, data);
      }
    },
  },
  fixes: {
    unchecked: [{ title: 'Check {service} and wait for it', safety: 'suggest', edits: addCheck }],
    never: [{ title: 'Check {other}', safety: 'suggest', edits: addMissingCheck }],
    started: [{ title: 'Wait until {others} is healthy', safety: 'suggest', edits: waitUntilHealthy }],
  },
});
