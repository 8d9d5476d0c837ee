import { facet } from '#api';
import { type PackageFacts, packageFacts } from './packageFacts.ts';

/** Every package.json of the workspace: what tells services, libraries and commands apart, and one member from another. */
export const packageFacet = facet<never, PackageFacts>({
  name: 'project/packages',
  documents: {
    languages: ['json'],
    fold(document, { path }) {
      if (!path.endsWith('/package.json') || document.language !== 'json' || !('roots' in document)) return undefined;
      const [root] = document.roots;
      return root?.kind === 'object' ? packageFacts(root) : undefined;
    },
  },
});
