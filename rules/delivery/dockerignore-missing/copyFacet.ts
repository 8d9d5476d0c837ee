import { type Anchor, type DockerDocument, type DockerInstruction, facet } from '#api';
import { commandOf, isForWork } from '../../_shared/delivery/imageCommand.ts';
import { isProductionDockerfile, isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { finalImage, stagesOf } from '../../_shared/delivery/stages.ts';
import { type Risk, unusedRisks } from './risks.ts';

/** A Dockerfile that copies all there is. */
export interface CopyFact {
  readonly at: Anchor;
  /** What is copied so and belongs into no image: into one that is thrown away, packages alone do harm. */
  readonly harms: readonly Risk[];
}

/** Dockerfiles for production that copy the whole folder they are built from. */
export const copyFacet = facet<never, CopyFact>({
  name: 'wholeCopies',
  documents: {
    languages: ['dockerfile'],
    fold(document, { localPath, at }) {
      if (document.language !== 'dockerfile' || !isProductionDockerfile(localPath)) return undefined;
      const copies = wholeCopies(document);
      const [first] = copies;
      const image = finalImage(document);
      if (first === undefined || image === undefined || isForWork(image, commandOf(image))) return undefined;
      const isShipped = image.instructions.some((instruction) => copies.includes(instruction));
      const harms = unusedRisks(document).filter((risk) => isShipped || risk === 'node_modules');
      return { at: at(first.span), harms };
    },
  },
});

function wholeCopies(document: DockerDocument): readonly DockerInstruction[] {
  return stagesOf(document)
    .filter(({ name }) => !isStageForWork(name))
    .flatMap(({ instructions }) => instructions)
    .filter(copiesAll);
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
