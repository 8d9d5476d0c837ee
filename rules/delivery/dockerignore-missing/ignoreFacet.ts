import { type Anchor, facet } from '#api';
import { verdictOn } from './leavesOut.ts';
import { RISKS, type Risk } from './risks.ts';

/** A list of what a build leaves out, with what it forgets. */
export interface IgnoreFact {
  /** What it lets in without a word; never empty. */
  readonly lets: readonly Risk[];
  readonly at: Anchor;
}

/** `.dockerignore` and its like, where they let in what belongs into no image. */
export const ignoreFacet = facet<never, IgnoreFact>({
  name: 'buildIgnores',
  documents: {
    languages: ['ignore'],
    fold(document, { at }) {
      if (document.language !== 'ignore') return undefined;
      const lets = RISKS.filter((risk) => verdictOn(risk, document.entries) === 'in');
      return lets.length === 0 ? undefined : { lets, at: at(document.entries[0]?.span ?? { start: 0, end: 0 }) };
    },
  },
});
