import { type Anchor, facet } from '#api';
import { entryAt } from '../dataMembers.ts';

/** The scripts of a package.json. */
export interface PackageScripts {
  /** Its name, or where it begins: where a finding about the package is shown. */
  readonly at: Anchor;
  /** Commands by the names of their scripts. */
  readonly scripts: Readonly<Record<string, string>>;
}

/** Every package.json with scripts. */
export const scriptsFacet = facet<never, PackageScripts>({
  name: 'project/scripts',
  documents: {
    languages: ['json'],
    fold(document, { path, at }) {
      if (!path.endsWith('/package.json') || document.language !== 'json' || !('roots' in document)) return undefined;
      const [root] = document.roots;
      const section = entryAt(root, 'scripts');
      if (root === undefined || section?.value?.kind !== 'object') return undefined;
      const scripts = section.value.entries.flatMap(({ key, value }) =>
        value?.kind === 'scalar' && typeof value.value === 'string' ? [[key, value.value] as const] : [],
      );
      return { at: at((entryAt(root, 'name') ?? section).span), scripts: Object.fromEntries(scripts) };
    },
  },
});
