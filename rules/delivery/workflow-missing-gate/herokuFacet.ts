import { facet } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';

/** `app.json` at the top that says how Heroku tests; most others describe an application, or a button that deploys one. */
export const herokuFacet = facet<never, true>({
  name: 'delivery/heroku-tests',
  documents: {
    languages: ['json'],
    fold(document, { localPath }) {
      if (localPath !== '/app.json' || !('roots' in document)) return undefined;
      return valueAt(document.roots[0], 'environments', 'test') === undefined ? undefined : true;
    },
  },
});
