import type { DockerDocument, DockerInstruction } from '#api';
import { commandOf, isForWork } from '../../_shared/delivery/imageCommand.ts';
import { rootImage } from '../../_shared/delivery/knownImages.ts';
import { isStageForWork } from '../../_shared/delivery/productionDockerfile.ts';
import { type FinalImage, finalImage } from '../../_shared/delivery/stages.ts';
import { lastPart } from '../../_shared/filePath.ts';
import { type Script, scriptOf } from './script.ts';

/** A service that is started by something which receives its signals. */
export interface CoveredStart {
  readonly by: 'shell' | 'manager';
  readonly program: string;
  /** The `CMD` or `ENTRYPOINT` that says so. */
  readonly instruction: DockerInstruction;
  /** The last command, cut into words. */
  readonly words: readonly string[];
  /** What the shell is told, when there is one. */
  readonly script: Script | undefined;
  /** Whether the instruction stands alone, so that its form may change. */
  readonly alone: boolean;
}

const INIT = /^(?:tini|tini-static|dumb-init|catatonit|docker-init|s6-svscan|init|my_init|supervisord?|pm2-docker)$/;
const SHELL = /^(?:ba|da|a|z|k)?sh$/;
/** Programs that are Node, or start it and hand on what they get. */
const NODE =
  /^(?:node|nodejs|tsx|ts-node|next|nest|nuxt|nuxi|astro|remix-serve|react-router-serve|pm2-runtime|bun|deno)$/;
const MANAGER = /^(?:npm|yarn|pnpm|npx|pnpx)$/;

/** Says what stands between the container's signals and Node, when that shows beyond doubt. */
export function coveredStart(document: DockerDocument): CoveredStart | undefined {
  const image = finalImage(document);
  if (image === undefined || isStageForWork(image.name) || isForWork(image, commandOf(image))) return undefined;
  const entry = image.instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const command = image.instructions.findLast(({ keyword }) => keyword === 'CMD');
  // An image that is not known may start its command through an init.
  if (entry === undefined && !isKnown(image)) return undefined;
  if (entry === undefined) return command && started(command, command.exec, true);
  if (entry.exec === undefined) return started(entry, undefined, command === undefined);
  if (command !== undefined && command.exec === undefined) return undefined;
  return started(entry, [...entry.exec, ...(command?.exec ?? [])], command === undefined);
}

function isKnown({ base }: FinalImage): boolean {
  return base !== undefined && rootImage(base) !== undefined;
}

/** @param exec the words of the exec form; `undefined` for the shell's */
function started(
  instruction: DockerInstruction,
  exec: readonly string[] | undefined,
  alone: boolean,
): CoveredStart | undefined {
  const words = exec === undefined ? undefined : withoutEnv(exec);
  const program = nameOf(words?.[0]);
  if (words !== undefined && !SHELL.test(program)) {
    const manages = MANAGER.test(program) && runs(words);
    return manages ? { by: 'manager', program, instruction, words, script: undefined, alone } : undefined;
  }
  const source = words === undefined ? instruction.argument : scriptArgument(words);
  const script = source === undefined ? undefined : scriptOf(source);
  if (script === undefined || script.words.some((word) => INIT.test(nameOf(word)))) return undefined;
  const last = withoutEnv(script.words);
  const name = nameOf(last[0]);
  if (MANAGER.test(name) && runs(last))
    return { by: 'manager', program: name, instruction, words: last, script, alone };
  const behind = !script.hasExec && NODE.test(name);
  return behind ? { by: 'shell', program: name, instruction, words: last, script, alone } : undefined;
}

/** The text behind `-c`. */
function scriptArgument([, ...rest]: readonly string[]): string | undefined {
  const flag = rest.findIndex((word) => /^-\w*c$/.test(word));
  return flag < 0 ? undefined : rest[flag + 1];
}

function nameOf(word = ''): string {
  return lastPart(word);
}

/** Leaves out what prepares the environment and becomes the program. */
function withoutEnv(words: readonly string[]): readonly string[] {
  let at = 0;
  while (/^(?:env|nice|exec|\w+=.*)$/.test(nameOf(words[at] ?? '')) || /^\w+=/.test(words[at] ?? '')) at++;
  return words.slice(at);
}

/** Whether a package manager starts something, rather than installs or tells. */
function runs([program = '', ...rest]: readonly string[]): boolean {
  if (/npx$/.test(nameOf(program))) return rest.length > 0;
  const verb = rest.find(
    (word, index) => !word.startsWith('-') && !/^(?:--(?:prefix|cwd|filter|dir)|-[CFw])$/.test(rest[index - 1] ?? ''),
  );
  if (verb === undefined) return false;
  return nameOf(program) === 'npm'
    ? /^(?:start|run|run-script|exec)$/.test(verb)
    : !/^(?:install|add|i|ci|build|config|-v|version|audit|prisma)$/.test(verb);
}
