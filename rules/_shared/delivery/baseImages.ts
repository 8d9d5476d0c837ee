import type { DockerDocument, Span } from '#api';
import { type ImageReference, imageReference } from './imageReference.ts';
import { expand, globalArguments } from './stages.ts';

/** An image from outside that a stage builds on. */
export interface BaseImage extends ImageReference {
  /** The reference in its `FROM`. */
  readonly span: Span;
  /** As it is written. */
  readonly written: string;
}

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
    const span = { start: argumentSpan.start, end: argumentSpan.start + written.length };
    return [{ ...imageReference(reference), span, written }];
  });
}
