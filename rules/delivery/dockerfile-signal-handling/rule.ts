import { z } from 'zod';
import { rule } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { handOver, startScript, writeAsList } from './fix.ts';
import { startFacet } from './startFacet.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Images that start Node behind a shell or a package manager, which gets the signals in its place.',
    promise: 'Signals of the container reach the service',
    topics: [
      'signal handling',
      'SIGTERM',
      'exec form',
      'CMD npm start',
      'init process',
      'tini',
      'dumb-init',
      'PID 1',
      'container stop',
    ],
    subject: ['cmd', 'entrypoint'],
    references: [
      {
        title: 'Docker and Node.js best practices: CMD',
        url: 'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd',
      },
      {
        title: 'Dockerfile reference: shell and exec form',
        url: 'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
      },
    ],
    messages: {
      shell:
        'Signals go to a shell here, which need not pass them on to {program}: when the container is stopped, the service is killed with requests under way. Write the command as a list, or put exec before it.',
      manager:
        'Signals go to {program} here, which need not pass them on to the service it starts: when the container is stopped, the service is killed with requests under way. Start Node itself.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [startFacet, composeFacet],
    check(ctx) {
      const behindInit = new Set<string>();
      for (const { value } of ctx.all(composeFacet)) {
        for (const { dockerfile, init } of value) if (init) behindInit.add(dockerfile);
      }
      for (const { path, value } of ctx.all(startFacet)) {
        if (behindInit.has(path)) continue;
        ctx.report({ path, facet: startFacet, anchor: value.at }, value.by, { program: value.program });
      }
    },
  },
  fixes: {
    shell: [
      { title: 'Start {program} without a shell', safety: 'safe', edits: writeAsList },
      { title: 'Let {program} take the place of the shell', safety: 'suggest', edits: handOver },
    ],
    manager: [{ title: 'Start what the script starts', safety: 'suggest', edits: startScript }],
  },
});
