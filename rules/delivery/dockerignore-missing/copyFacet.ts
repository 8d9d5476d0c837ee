import { type Anchor, type DockerDocument, type DockerInstruction, facet } from '#api';
import { isProductionDockerfile, isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { stagesOf } from '../../_shared/delivery/stages.ts';

/** A Dockerfile that copies all there is. */
export interface CopyFact {
  readonly at: Anchor;
}

/** Dockerfiles for production that copy the whole folder they are built from. */
export const copyFacet = facet<never, CopyFact>({
  name: 'wholeCopies',
  documents: {
    languages: ['dockerfile'],
    fold(document, { localPath, at }) {
      if (document.language !== 'dockerfile' || !isProductionDockerfile(localPath)) return undefined;
      const copy = wholeCopy(document);
      return copy && { at: at(copy.span) };
    },
  },
});

function wholeCopy(document: DockerDocument): DockerInstruction | undefined {
  return stagesOf(document)
    .filter(({ name }) => !isStageForWork(name))
    .flatMap(({ instructions }) => instructions)
    .find(copiesAll);
}

/** The folder itself, or all that is in it. */
const ALL = /^(?:\.|\.\/|\/|\*|\.\/\*|\.\/\.)$/;

function copiesAll({ keyword, argument, exec, flags, heredocs }: DockerInstruction): boolean {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || heredocs.length > 0) return false;
  // From another stage or image, or with a list of its own of what is left out.
  if (flags.some(({ name }) => name === 'from' || name === 'exclude')) return false;
  const sources = (exec ?? argument.split(/\s+/)).slice(0, -1);
  return sources.some((source) => ALL.test(source));
}
