import { z } from 'zod';
import { type ProjectContext, rule } from '#api';
import { composeFacet } from '../../_shared/delivery/composeBuilds.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { copyFacet } from './copyFacet.ts';
import { createFile } from './fix.ts';

const NAMES = ['.dockerignore', '.containerignore'];

export default rule({
  meta: {
    priority: 'P2',
    since: 'next',
    summary: 'Images that copy everything there is, secrets and the history included.',
    promise: 'Secrets, the history and local packages stay out of images',
    topics: ['dockerignore', '.dockerignore', 'docker build context', 'secrets in image', 'COPY . .'],
    subject: ['copy'],
    references: [
      {
        title: 'Docker: .dockerignore files',
        url: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
      },
      {
        title: 'CWE-538: Insertion of Sensitive Information into Externally-Accessible File or Directory',
        url: 'https://cwe.mitre.org/data/definitions/538.html',
      },
    ],
    messages: {
      missing:
        'This copies everything in the folder, because no .dockerignore says what to leave out: .env with its secrets, the history in .git, and the packages of this machine in node_modules. Add one.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [copyFacet, composeFacet],
    check(ctx) {
      const builds = [...ctx.all(composeFacet)].flatMap(({ value }) => value);
      for (const { path, value } of ctx.all(copyFacet)) {
        const contexts = builds.filter(({ dockerfile }) => dockerfile === path).map(({ context }) => context);
        if (ctx.exists(`${path}.dockerignore`) || contexts.some((folder) => isIgnoring(ctx, folder))) continue;
        if (!isIgnoringAbove(ctx, path)) ctx.report({ path, facet: copyFacet, anchor: value.at }, 'missing');
      }
    },
  },
  fixes: {
    // A program in the image may read a `.env` that came with the folder.
    missing: [{ title: 'Create .dockerignore', safety: 'suggest', edits: createFile }],
  },
});

type Presence = Pick<ProjectContext<never, unknown>, 'root' | 'exists'>;

function isIgnoring(ctx: Presence, folder: string): boolean {
  return NAMES.some((name) => ctx.exists(`${folder}/${name}`));
}

/** The build may be given the folder of the Dockerfile or any above. */
function isIgnoringAbove(ctx: Presence, path: string): boolean {
  for (let folder = folderOf(path); folder.startsWith(ctx.root) && folder !== ''; folder = folderOf(folder)) {
    if (isIgnoring(ctx, folder)) return true;
  }
  return false;
}
