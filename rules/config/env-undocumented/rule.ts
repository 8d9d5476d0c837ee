import { z } from 'zod';
import { rule } from '#api';
import { bypassFacet, unwantedVariables } from '../../_shared/auth/bypasses/unwantedVariables.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { untold } from './composeFiles.ts';
import { addVariable, removeVariable } from './fixes.ts';
import { undocumented, unread } from './projects.ts';
import { readFacet } from './readFacet.ts';
import { settingsFacet } from './settingsFacet.ts';

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary:
      'Environment variables that code or compose files read and no example documents, and documented ones that nothing reads.',
    promise: 'Every environment variable is documented in .env.example',
    topics: [
      '.env.example',
      'env example',
      'environment documentation',
      'undocumented variable',
      'environment variables',
    ],
    subject: ['env'],
    references: [{ title: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' }],
    messages: {
      undocumented:
        '{name} is read here and named in no example, compose file, chart or note: whoever sets up the service next cannot know of it. Add it to {example}.',
      unread: {
        text: '{name} stands in this example and nothing in the workspace reads it: people set it and wonder why nothing changes. Remove the line.',
        priority: 'P3',
      },
      required:
        'Compose starts nothing while {name} is not set, and no example or note names it: whoever sets up the service next learns of it when it refuses to start. Add it to {example}.',
      taken:
        '{name} comes from whoever starts these services, and no example or note names it: while it is not set, the service runs with an empty value. Add it to {example}.',
    },
  },
  options: z.strictObject({
    ignore: z.array(z.string()).default([]).describe('Variables that need no line in an example.'),
  }),
  project: {
    facets: [readFacet, settingsFacet, packageFacet, bypassFacet],
    check(ctx) {
      const ignored = new Set([...ctx.options.ignore, ...unwantedVariables(ctx)]);
      for (const { name, path, anchor, example } of undocumented(ctx, ignored)) {
        const data = { name, example: example.slice(ctx.root.length + 1) };
        ctx.report({ path, facet: readFacet, anchor }, 'undocumented', data);
      }
      for (const { name, path, anchor, example, isRequired } of untold(ctx, ignored)) {
        const data = { name, example: example.slice(ctx.root.length + 1) };
        ctx.report({ path, facet: settingsFacet, anchor }, isRequired ? 'required' : 'taken', data);
      }
      for (const { name, path, anchor } of unread(ctx, ignored)) {
        ctx.report({ path, facet: settingsFacet, anchor }, 'unread', { name });
      }
    },
  },
  fixes: {
    undocumented: [{ title: 'Add {name} to {example}', safety: 'suggest', edits: addVariable }],
    required: [{ title: 'Add {name} to {example}', safety: 'suggest', edits: addVariable }],
    taken: [{ title: 'Add {name} to {example}', safety: 'suggest', edits: addVariable }],
    unread: [{ title: 'Remove {name}', safety: 'suggest', edits: removeVariable }],
  },
});
