import type { DockerDocument, Span } from '#api';
import { expand, globalArguments } from './stages.ts';

/** An image from outside that a stage builds on. */
export interface BaseImage {
  /** The reference in its `FROM`. */
  readonly span: Span;
  /** As it is written. */
  readonly written: string;
  /** Registry and name, lower case; official images by their bare name. */
  readonly name: string;
  /** Empty when there is none. */
  readonly tag: string;
  readonly digest: string;
}

/** Registries that serve the official images under the same names. */
const OFFICIAL =
  /^(?:(?:(?:index\.|registry-1\.)?docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(?:library\/)?(?=[^/]+$)/;

/** The images that the stages of a file build on, stages of the file itself and references that cannot be told left out. */
export function baseImages({ instructions }: DockerDocument): readonly BaseImage[] {
  const globals = globalArguments(instructions);
  const stages = new Set<string>();
  return instructions.flatMap(({ keyword, argument, argumentSpan }) => {
    if (keyword !== 'FROM') return [];
    const [written = '', , stage = ''] = argument.split(/\s+/);
    const isStage = stages.has(written.toLowerCase());
    if (stage !== '') stages.add(stage.toLowerCase());
    const reference = isStage || written === 'scratch' ? undefined : expand(written, globals);
    if (reference === undefined || reference === '') return [];
    const [path = '', digest = ''] = reference.split('@');
    const [name = '', tag = ''] = path.replace(OFFICIAL, '').split(/:(?!.*\/)/);
    const span = { start: argumentSpan.start, end: argumentSpan.start + written.length };
    return [{ span, written, name: name.toLowerCase(), tag, digest }];
  });
}
