import type { DockerDocument, DockerInstruction } from '#api';
import { type Stage, stagesOf } from './stages.ts';

/** A stage that the last one is made of, with the stages of the file that it takes from. */
export interface UsedStage extends Stage {
  /** The stage it goes on from; `undefined` for an image from outside. */
  readonly parent: UsedStage | undefined;
  /** The stage behind a `COPY --from`; `undefined` for images from outside. */
  source(instruction: DockerInstruction): UsedStage | undefined;
}

/** The last stage and all that it needs, each after those it needs itself. A build leaves the others out. */
export function usedStages(document: DockerDocument): readonly UsedStage[] {
  const made: UsedStage[] = [];
  stagesOf(document).forEach((stage, index) => {
    // Names are looked for above their use only, so the walk ends.
    const named = (text: string): UsedStage | undefined => {
      const above = made.slice(0, index);
      return (
        above.findLast(({ name }) => name !== '' && name === text.toLowerCase()) ??
        above[/^\d+$/.test(text) ? Number(text) : -1]
      );
    };
    made.push({
      ...stage,
      parent: named(stage.image),
      source: ({ flags }) => named(flags.find(({ name }) => name === 'from')?.value ?? ''),
    });
  });
  const used = new Set<UsedStage>();
  const visit = (stage: UsedStage | undefined): void => {
    if (stage === undefined || used.has(stage)) return;
    visit(stage.parent);
    for (const instruction of stage.instructions) if (instruction.keyword === 'COPY') visit(stage.source(instruction));
    used.add(stage);
  };
  visit(made.at(-1));
  return [...used];
}
