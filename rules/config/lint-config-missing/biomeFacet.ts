import { type Anchor, facet } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';

/** Configurations of Biome that switch its linter off; the value is where. */
export const biomeFacet = facet<never, Anchor>({
  name: 'config/biome-linter-off',
  documents: {
    languages: ['json'],
    fold(document, { path, at }) {
      if (!/\/\.?biome\.jsonc?$/.test(path) || !('roots' in document)) return undefined;
      const enabled = entryAt(entryAt(document.roots[0], 'linter')?.value, 'enabled');
      const isOff = enabled?.value?.kind === 'scalar' && enabled.value.value === false;
      return isOff ? at(enabled.span) : undefined;
    },
  },
});
