import { z } from 'zod';
import { rule } from '#api';
import { isComposeFile, isComposeForWork } from '../../_shared/delivery/compose.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { addRestart } from './fix.ts';
import { unboundedIn } from './unbounded.ts';

/** So many names are told; a longer list says nothing more. */
const MAX_NAMES = 4;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'Services of compose files that stay down after a crash, or may take all memory of the machine.',
    promise: 'Services are started again after a crash and have limits',
    topics: ['restart policy', 'resource limits', 'memory limit', 'mem_limit', 'unless-stopped', 'container limits'],
    subject: ['services'],
    references: [
      {
        title: 'Compose file reference: restart',
        url: 'https://docs.docker.com/reference/compose-file/services/#restart',
      },
      {
        title: 'Docker: resource constraints',
        url: 'https://docs.docker.com/engine/containers/resource_constraints/',
      },
      { title: 'CWE-770', url: 'https://cwe.mitre.org/data/definitions/770.html' },
    ],
    messages: {
      restart:
        'No restart policy for {services}: after a crash, and after a restart of the machine, nothing starts it again until somebody notices. Add restart: unless-stopped.',
      limits:
        'No memory limit for {services}: a leak there slows down or kills everything else on the machine. Add deploy.resources.limits.',
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['yaml'],
    matches: (path) => isComposeFile(path) && !isComposeForWork(path),
    check({ document, path, report }) {
      if (document.language !== 'yaml' || useOf(path, document) !== 'shipped') return;
      for (const { message, services } of unboundedIn(document)) {
        const names = services.map(({ name }) => name);
        const shown = names.slice(0, MAX_NAMES).join(', ');
        const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '';
        report(services[0].nameSpan, message, { services: `${shown}${more}` });
      }
    },
  },
  fixes: {
    restart: [{ title: 'Start {services} again after a crash', safety: 'suggest', edits: addRestart }],
  },
});
