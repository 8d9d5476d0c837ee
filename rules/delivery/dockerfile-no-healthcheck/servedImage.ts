import type { DockerDocument, DockerInstruction } from '#api';
import { commandOf, isForWork, waitsForPeople } from '../../_shared/delivery/imageCommand.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { expand, type FinalImage, finalImage } from '../../_shared/delivery/stages.ts';

/** An image that runs a program and says nothing about how to tell that it works. */
export interface ServedImage {
  readonly image: FinalImage;
  /** The `EXPOSE` of a port, or else what starts the program. */
  readonly shown: DockerInstruction;
  /** What starts the program. */
  readonly start: DockerInstruction;
  /** The first port that is exposed; `undefined` when none is, it is given at build time, or `PORT` says another one. */
  readonly port: number | undefined;
  readonly isExposed: boolean;
}

/** The image of a Dockerfile when it runs something without a check; `undefined` where a base may bring one. */
export function uncheckedImage(document: DockerDocument): ServedImage | undefined {
  const image = finalImage(document);
  if (image?.base === undefined || rootImage(image.base) === undefined) return undefined;
  const { instructions, variables, name } = image;
  // `HEALTHCHECK NONE` is somebody's decision.
  if (instructions.some(({ keyword }) => keyword === 'HEALTHCHECK') || isStageForWork(name)) return undefined;
  const start = instructions.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const command = commandOf(image);
  if (start === undefined || isForWork(image, command) || waitsForPeople(command)) return undefined;
  const exposed = instructions.find(({ keyword }) => keyword === 'EXPOSE');
  const port = /^(\d{1,5})(?:\/tcp)?(?:\s|$)/.exec(expand(exposed?.argument ?? '', variables) ?? '')?.[1];
  const listens = variables.get('PORT') ?? port;
  return {
    image,
    shown: exposed ?? start,
    start,
    port: port === undefined || listens !== port ? undefined : Number(port),
    isExposed: exposed !== undefined,
  };
}
