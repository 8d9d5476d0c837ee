import { z } from 'zod';
import { rule } from '#api';
import { tsconfigFacet } from '../../_shared/project/tsconfigFacet.ts';
import { languageFacet } from './languageFacet.ts';
import { mixedFolders } from './mixedFolders.ts';

/** Files named beside the first. */
const MAX_RELATED = 20;

export default rule({
  meta: {
    priority: 'P3',
    since: 'next',
    summary: 'JavaScript files that were left among the TypeScript sources.',
    promise: 'All sources are TypeScript',
    topics: ['mixed JavaScript', 'js and ts', 'migrate to TypeScript', 'TypeScript migration', 'leftover js files'],
    subject: ['tsconfig', 'typescript'],
    references: [
      {
        title: 'TypeScript: Migrating from JavaScript',
        url: 'https://www.typescriptlang.org/docs/handbook/migrating-from-javascript.html',
      },
      { title: 'TypeScript: allowJs', url: 'https://www.typescriptlang.org/tsconfig/#allowJs' },
    ],
    messages: {
      mixed:
        '{files} of {folder} is JavaScript among TypeScript: the compiler does not read it, so nothing checks how it is used, and a build with tsc leaves it out. Rename it to TypeScript, or set "allowJs" if it is meant to stay.',
    },
  },
  options: z.strictObject({}),
  project: {
    facets: [languageFacet, tsconfigFacet],
    check(ctx) {
      for (const { folder, files } of mixedFolders(ctx)) {
        const [first, ...others] = files.map((file) => ({ ...file, facet: languageFacet }));
        if (first === undefined) continue;
        const related = others.slice(0, MAX_RELATED).map((file) => ({ ...file, label: 'JavaScript as well' }));
        const count = files.length === 1 ? '1 file' : `${files.length} files`;
        ctx.report(first, 'mixed', { files: count, folder: folder.slice(ctx.root.length + 1) || 'the root' }, related);
      }
    },
  },
});
