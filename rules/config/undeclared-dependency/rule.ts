import { z } from 'zod';
import { rule } from '#api';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import { aliasFacet } from './aliasFacet.ts';
import { addToDependencies, moveToDependencies } from './fixes.ts';
import { missingFiles } from './missingFiles.ts';
import { openImports } from './openImports.ts';

/** Places named beside the one where the finding stands. */
const MAX_RELATED = 10;

export default rule({
  meta: {
    priority: 'P1',
    since: 'next',
    summary: 'Imports of packages that no package.json lists for production, and of files that do not exist.',
    promise: 'Everything that is imported is there when the program runs',
    topics: [
      'undeclared dependency',
      'phantom dependency',
      'missing dependency',
      'devDependencies',
      'unresolved import',
    ],
    subject: ['import', 'require', 'dependencies'],
    references: [
      {
        title: 'npm: package.json, dependencies',
        url: 'https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies',
      },
      { title: 'Node.js: Modules, loading from node_modules folders', url: 'https://nodejs.org/api/modules.html' },
    ],
    messages: {
      undeclared:
        '{name} is imported here and listed in no package.json up to the root of the workspace: it is there only as long as another package happens to bring it. Add it to "dependencies".',
      development:
        '{name} is listed in "devDependencies" alone and this code needs it when it runs: an installation for production (npm ci --omit=dev) leaves it out, and the program does not start. Move it to "dependencies".',
      missing:
        'There is no file for "{specifier}", so this does not compile, or stops when it runs with a module that cannot be found. Write the path as the file is called, capital letters included.',
    },
  },
  options: z.strictObject({
    ignore: z
      .array(z.string())
      .default([])
      .describe('Packages that are there when the program runs, whoever brings them.'),
  }),
  project: {
    facets: [importFacet, packageFacet, aliasFacet],
    check(ctx) {
      for (const { name, message, places } of openImports(ctx, new Set(ctx.options.ignore))) {
        const [first, ...others] = places.map((place) => ({ ...place, facet: importFacet }));
        if (first === undefined) continue;
        const related = others.slice(0, MAX_RELATED).map((place) => ({ ...place, label: `${name} is imported here` }));
        ctx.report(first, message, { name }, related);
      }
      for (const { specifier, path, anchor } of missingFiles(ctx)) {
        ctx.report({ path, facet: importFacet, anchor }, 'missing', { specifier });
      }
    },
  },
  fixes: {
    undeclared: [{ title: 'Add {name} to the dependencies', safety: 'suggest', edits: addToDependencies }],
    development: [{ title: 'Move {name} to the dependencies', safety: 'suggest', edits: moveToDependencies }],
  },
});
