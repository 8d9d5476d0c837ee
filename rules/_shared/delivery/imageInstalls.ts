import { type DockerDocument, type DockerInstruction, type Span, spanInArgument } from '#api';
import { imageReference } from './imageReference.ts';
import { type PackageCommand, packageCommand } from './packageCommand.ts';
import { commandsOf } from './shell.ts';
import { type UsedStage, usedStages } from './usedStages.ts';

/** A command of a `RUN` that installs or removes the packages of the project. */
export interface Install extends PackageCommand {
  readonly instruction: DockerInstruction;
  readonly stage: UsedStage;
  /** Where the command begins and ends in the instruction's argument. */
  readonly at: number;
  readonly to: number;
}

/** The installs among the commands of one instruction. */
export function installsOf(instruction: DockerInstruction, stage: UsedStage): readonly Install[] {
  if (instruction.keyword !== 'RUN' || instruction.exec !== undefined) return [];
  return commandsOf(instruction.argument).flatMap(({ text, start, end }) => {
    const command = packageCommand(text);
    return command === undefined ? [] : [{ ...command, instruction, stage, at: start, to: end }];
  });
}

/** All installs that the image is made with. */
export function installsIn(document: DockerDocument): readonly Install[] {
  return usedStages(document).flatMap((stage) =>
    stage.instructions.flatMap((instruction) => installsOf(instruction, stage)),
  );
}

/** From the program to the verb: `npm install`. */
export function verbSpan({ instruction, at, verb, verbAt }: Install): Span {
  return spanInArgument(instruction, at + verbAt, at + verbAt + verb.length);
}

/** The whole command. */
export function commandSpan({ instruction, at, to }: Install): Span {
  return spanInArgument(instruction, at, to);
}

/** An install of npm that need not keep to the lock file. */
export function isFloating({ manager, verb, flags }: Install): boolean {
  return (
    manager === 'npm' &&
    /^(?:install|i|in|ins|add)$/.test(verb) &&
    !flags.some(({ text }) => text === '--no-package-lock')
  );
}

/** Flags of npm that `--omit=dev` has replaced, and where the text is written. */
export function oldFlags(install: Install): readonly { readonly span: Span; readonly flag: string }[] {
  const { manager, flags, instruction, at } = install;
  if (manager !== 'npm') return [];
  return flags
    .filter(({ text }) => /^(?:--only(?:=|\s)prod(?:uction)?|--prod(?:uction)?(?:=true)?)$/.test(text))
    .map(({ text, at: from }) => ({
      span: spanInArgument(instruction, at + from, at + from + text.length),
      flag: text,
    }));
}

/** Whether an install runs in an image of Node 14 or older, whose npm does not know the newer flag. */
export function isOldNode({ stage }: Pick<Install, 'stage'>): boolean {
  const { name, tag } = imageReference(outsideImage(stage));
  return name === 'node' && Number(/^\d+/.exec(tag)?.[0] ?? Number.POSITIVE_INFINITY) < 16;
}

/** The image from outside that a stage begins with, as it is written. */
export function outsideImage({ image, parent }: UsedStage): string {
  return parent === undefined ? image : outsideImage(parent);
}
