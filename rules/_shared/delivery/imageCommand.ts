import { lastPart } from '../filePath.ts';
import type { FinalImage } from './stages.ts';

/** Programs that start another one and hand signals on. */
const WRAPPER = /^(?:tini|tini-static|dumb-init|catatonit|env|exec|nice)$/;

/** The words of what an image runs, wrappers such as `tini --` left out; paths of programs are cut to their names. */
export function commandOf({ base, instructions }: Pick<FinalImage, 'base' | 'instructions'>): readonly string[] {
  const entry = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const command = instructions.findLast(({ keyword }) => keyword === 'CMD');
  const words = [entry, command].flatMap((instruction) => {
    if (instruction === undefined) return [];
    return instruction.exec ?? instruction.argument.split(/\s+/).filter((word) => word !== '');
  });
  // Images without a shell start their runtime themselves: the command is its argument.
  if (entry === undefined && words.length > 0 && /distroless\/nodejs/.test(base ?? '')) words.unshift('node');
  let at = 0;
  while (WRAPPER.test(programOf(words[at]))) {
    at++;
    while (/^-|=/.test(words[at] ?? '')) at++;
  }
  const [program, ...rest] = words.slice(at);
  return program === undefined ? [] : [isLocal(program) ? program : programOf(program), ...rest];
}

function programOf(word = ''): string {
  return lastPart(word);
}

/** A path that is not one of the folders for programs: something that the image brings itself. */
function isLocal(program: string): boolean {
  return program.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(program);
}

/** Whether a script or a program of the image's own is run, which may do anything before it starts the service. */
export function isScript(command: readonly string[]): boolean {
  const [program = '', ...rest] = command;
  const shell = /^(?:ba|da|a|z)?sh$/.test(program);
  return isLocal(program) || /entrypoint/.test(program) || (shell ? rest : [program]).some(endsAsScript);
}

function endsAsScript(word: string): boolean {
  return /(?:\.sh|entrypoint\S*)(?=$|[\s;&"'])/.test(word);
}

/** Watchers, runners of tests, and scripts named after either. */
const WORK =
  /\b(?:nodemon|ts-node-dev|tsx watch|vite|vitest|jest|playwright|cypress|ng serve|next dev|--watch)\b|(?:^|\s)(?:\S*:)?(?:dev|develop|watch|test|e2e)(?::\S*)?(?=$|[\s;&"'])/;

/** Whether an image serves people who develop or test, by its command or by what it says of its environment. */
export function isForWork({ variables }: FinalImage, command: readonly string[]): boolean {
  return /^(?:dev|test)/.test(variables.get('NODE_ENV') ?? '') || WORK.test(command.join(' '));
}

/** Programs that keep a container open for people. */
const WAITS = /^(?:sleep|tail|bash|sh|ash|zsh|top|cat)$/;

/** Whether an image starts nothing, and only waits for somebody to work in it, or to build on it. */
export function waitsForPeople([program = '', ...rest]: readonly string[]): boolean {
  return WAITS.test(program) && !rest.some((word) => /^-\w*c$/.test(word) || word.includes('.'));
}
