import { z } from 'zod';
import { type FixContext, rule } from '#api';
import { isProductionDockerfile, isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { becomeOther } from './fix.ts';
import { rootRun } from './runsAs.ts';

const runAsOther = (['safe', 'suggest', 'create'] as const).map((certainty) => ({
  title: certainty === 'create' ? 'Make the user {other} and run as it' : 'Run as {other}',
  safety: certainty === 'safe' ? ('safe' as const) : ('suggest' as const),
  edits: (ctx: FixContext<unknown>) => becomeOther(ctx, certainty),
}));

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Images whose service runs as root.',
    promise: 'No container runs as root',
    topics: [
      'dockerfile user',
      'non-root user',
      'nonroot user',
      'root user',
      'run as non-root',
      'container user',
      'USER node',
      'least privilege',
      'unprivileged container',
    ],
    subject: ['user'],
    references: [
      { title: 'Dockerfile reference: USER', url: 'https://docs.docker.com/reference/dockerfile/#user' },
      {
        title: 'Docker and Node.js best practices: non-root user',
        url: 'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#non-root-user',
      },
      { title: 'CWE-250', url: 'https://cwe.mitre.org/data/definitions/250.html' },
    ],
    messages: {
      unset:
        'The service runs as root, because {image} does and no USER changes it: who breaks into the process owns the container and every file mounted into it. Name a user without rights before the command.',
      root: 'USER {user} is the last one, so the service runs as root: who breaks into the process owns the container and every file mounted into it. Go back to a user without rights before the command.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['dockerfile'],
    matches: isProductionDockerfile,
    check(ctx) {
      const run = ctx.document.language === 'dockerfile' ? rootRun(ctx.document) : undefined;
      if (run === undefined) return;
      const { image, start, user } = run;
      const other = run.other?.name ?? '';
      if (isStageForWork(image.name)) return;
      if (user !== undefined) ctx.report(user.span, 'root', { user: user.argument, other });
      else ctx.report(start.span, 'unset', { image: image.base ?? '', other });
    },
  },
  fixes: { unset: runAsOther, root: runAsOther },
});
