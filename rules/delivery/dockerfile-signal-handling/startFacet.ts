import { type Anchor, facet } from '#api';
import { isProductionDockerfile } from '../../_shared/delivery/productionDockerfile.ts';
import { coveredStart } from './coveredStart.ts';

/** A Dockerfile whose service does not get the signals that its container gets. */
export interface CoveredStartFact {
  readonly by: 'shell' | 'manager';
  /** What the signals go to, or what stands behind the shell. */
  readonly program: string;
  readonly at: Anchor;
}

/** Dockerfiles that start their service behind something else. */
export const startFacet = facet<never, CoveredStartFact>({
  name: 'coveredStarts',
  documents: {
    languages: ['dockerfile'],
    fold(document, { localPath, at }) {
      if (document.language !== 'dockerfile' || !isProductionDockerfile(localPath)) return undefined;
      const start = coveredStart(document);
      return start && { by: start.by, program: start.program, at: at(start.instruction.span) };
    },
  },
});
