import type { DockerDocument, DockerInstruction } from '#api';

/** The image that a Dockerfile builds when nobody asks for another stage. */
export interface FinalImage {
  /** Name and tag of the image at the bottom, variables replaced; `undefined` when they cannot be told. */
  readonly base: string | undefined;
  /** Name of the last stage, lower case; empty when it has none. */
  readonly name: string;
  /** The `FROM` of the last stage. */
  readonly from: DockerInstruction;
  /** Instructions that make the image, those of the stages it builds on first, each `FROM` left out. */
  readonly instructions: readonly DockerInstruction[];
  /** Values of `ARG` and `ENV` in the image; empty text for those given at build time alone. */
  readonly variables: ReadonlyMap<string, string>;
}

/** One `FROM` with what follows it. */
export interface Stage {
  readonly from: DockerInstruction;
  /** What it builds on, variables replaced: an image, or the name of a stage above; empty when that cannot be told. */
  readonly image: string;
  /** Lower case; empty when it has none. */
  readonly name: string;
  /** Its own instructions, the `FROM` left out. */
  readonly instructions: readonly DockerInstruction[];
}

/** Follows the last stage through the stages of the same file that it builds on. */
export function finalImage({ instructions }: DockerDocument): FinalImage | undefined {
  const globals = globalArguments(instructions);
  const stages = cutIntoStages(instructions, globals);
  const last = stages.at(-1);
  if (last === undefined) return undefined;
  const chain: Stage[] = [last];
  for (let index = stages.length - 1; index >= 0; index--) {
    const stage = stages[index];
    // A name is looked for above its use only, so the walk ends.
    if (stage !== undefined && stage !== last && stage.name !== '' && stage.name === chain[0]?.image.toLowerCase()) {
      chain.unshift(stage);
    }
  }
  const all = chain.flatMap((stage) => stage.instructions);
  const variables = new Map<string, string>();
  for (const instruction of all) assignVariables(variables, instruction, globals);
  const image = chain[0]?.image ?? '';
  return {
    base: image === '' ? undefined : image,
    name: last.name,
    from: last.from,
    instructions: all,
    variables,
  };
}

/** Values of the `ARG`s before the first stage, which `FROM` may use. */
export function globalArguments(instructions: readonly DockerInstruction[]): ReadonlyMap<string, string> {
  const globals = new Map<string, string>();
  for (const instruction of instructions) if (instruction.stage < 0) assignVariables(globals, instruction, globals);
  return globals;
}

/** All stages of a Dockerfile, in their order. */
export function stagesOf({ instructions }: DockerDocument): readonly Stage[] {
  return cutIntoStages(instructions, globalArguments(instructions));
}

function cutIntoStages(
  instructions: readonly DockerInstruction[],
  globals: ReadonlyMap<string, string>,
): readonly Stage[] {
  const stages: (Stage & { instructions: DockerInstruction[] })[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') {
      const [image = '', , name = ''] = instruction.argument.split(/\s+/);
      stages.push({
        from: instruction,
        image: expand(image, globals) ?? '',
        name: name.toLowerCase(),
        instructions: [],
      });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** Takes over what an `ARG` or `ENV` sets; empty text for what is given at build time alone. */
export function assignVariables(
  variables: Map<string, string>,
  { keyword, argument }: DockerInstruction,
  globals: ReadonlyMap<string, string>,
): void {
  if (keyword !== 'ARG' && keyword !== 'ENV') return;
  const old = keyword === 'ENV' ? /^([A-Za-z_]\w*)\s+([^=]*)$/.exec(argument) : null;
  if (old !== null) {
    variables.set(old[1] ?? '', expand(old[2] ?? '', variables) ?? '');
    return;
  }
  for (const [, name = '', , quoted, single, plain] of argument.matchAll(
    /([A-Za-z_]\w*)(=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g,
  )) {
    const value = quoted ?? single ?? plain;
    variables.set(name, value === undefined ? (globals.get(name) ?? '') : (expand(value, variables) ?? ''));
  }
}

/** Longer values are no names of images, users or folders; the bound also stops values that double themselves. */
const MAX_VALUE = 1000;

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}`; `undefined` when a value is not known. */
export function expand(text: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (text.length > MAX_VALUE) return undefined;
  let known = true;
  const expanded = text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?[^}]*\})/g,
    (_, bare: string | undefined, braced: string | undefined, fallback: string | undefined) => {
      const value = variables.get(bare ?? braced ?? '') || fallback;
      if (value === undefined || value.includes('$')) known = false;
      return value ?? '';
    },
  );
  return known && expanded.length <= MAX_VALUE ? expanded.replace(/["']/g, '') : undefined;
}
