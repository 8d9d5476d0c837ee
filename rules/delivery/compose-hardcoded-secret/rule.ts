import { z } from 'zod';
import { rule } from '#api';
import { isComposeFile, isComposeForWork } from '../../_shared/delivery/compose.ts';
import { useOf } from '../../_shared/delivery/composeUse.ts';
import { takeAndDocument, takeFromEnvironment } from './fix.ts';
import { secretsIn } from './secretPlaces.ts';

export default rule({
  meta: {
    priority: 'P0',
    since: 'next',
    summary: 'Passwords and keys that are written into compose files.',
    promise: 'Compose files hold no secrets',
    topics: [
      'hardcoded password',
      'compose secrets',
      'docker-compose secrets',
      'default password',
      'secrets in compose',
      'POSTGRES_PASSWORD',
      'hardcoded secrets',
    ],
    subject: ['services'],
    references: [
      {
        title: 'Docker Compose: interpolation',
        url: 'https://docs.docker.com/reference/compose-file/interpolation/',
      },
      { title: 'CWE-798: Use of Hard-coded Credentials', url: 'https://cwe.mitre.org/data/definitions/798.html' },
    ],
    messages: {
      literal:
        '{name} is written here for {service}, so everybody who reads the repository can use it, and every installation has the same one. Ask for it from outside and change the one in use.',
      fallback:
        'Where {name} is not set, {service} runs with a value that everybody can read here, and nobody notices. Ask for the variable instead of falling back.',
      development: {
        text: '{name} of {service} is written here. Services for development are reached more often than planned, and such files get copied to production. Take it from .env.',
        priority: 'P2',
      },
    },
  },
  options: z.strictObject({}),
  documents: {
    languages: ['yaml'],
    matches: (path) => isComposeFile(path) && !isComposeForWork(path),
    check(ctx) {
      const { document, path } = ctx;
      if (document.language !== 'yaml') return;
      const places = secretsIn(document);
      if (places.length === 0) return;
      const use = useOf(path, document);
      if (use === 'help') return;
      for (const { span, kind, name, service } of places) {
        ctx.report(span, use === 'development' ? 'development' : kind, { name, service });
      }
    },
  },
  fixes: {
    literal: [
      { title: 'Take {name} from the environment', safety: 'suggest', edits: takeFromEnvironment },
      {
        title: 'Take {name} from the environment and name it in .env.example',
        safety: 'suggest',
        edits: takeAndDocument,
      },
    ],
    fallback: [
      { title: 'Ask for {name}', safety: 'suggest', edits: takeFromEnvironment },
      { title: 'Ask for {name} and name it in .env.example', safety: 'suggest', edits: takeAndDocument },
    ],
    development: [
      { title: 'Take {name} from the environment', safety: 'suggest', edits: takeFromEnvironment },
      {
        title: 'Take {name} from the environment and name it in .env.example',
        safety: 'suggest',
        edits: takeAndDocument,
      },
    ],
  },
});
