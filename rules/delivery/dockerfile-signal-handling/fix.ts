import type { DockerInstruction, FixContext, TextEdit } from '#api';
import { textAt } from '../../_shared/dataMembers.ts';
import { folderOf } from '../../_shared/filePath.ts';
import { type CoveredStart, coveredStart } from './coveredStart.ts';
import { scriptOf } from './script.ts';

function startOf(ctx: FixContext<unknown>): CoveredStart | undefined {
  return ctx.document.language === 'dockerfile' ? coveredStart(ctx.document) : undefined;
}

function asList(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}

/** Writes the command as a list, where its words mean the same without a shell. */
export function writeAsList(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const start = startOf(ctx);
  if (start?.by !== 'shell' || start.script?.isPlain !== true || !start.alone) return undefined;
  return [ctx.replace(start.instruction.argumentSpan, asList(start.words))];
}

/** Lets the shell become the last command, where it has more to do before. */
export function handOver(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const start = startOf(ctx);
  if (start?.by !== 'shell' || start.script === undefined || start.script.isPlain) return undefined;
  const offset = offsetOfLast(ctx.text, start.instruction, start.script.lastStart);
  return offset === undefined || start.words[0] !== wordAt(ctx.text, offset)
    ? undefined
    : [ctx.insert(offset, 'exec ')];
}

/** The offset at which an index of the script is written; `undefined` where escapes or continued lines move it. */
function offsetOfLast(
  text: string,
  { exec, argument, argumentSpan, argumentParts }: DockerInstruction,
  index: number,
): number | undefined {
  if (exec === undefined) {
    const part = argumentParts.findLast(({ at }) => at <= index);
    return part === undefined ? undefined : part.offset + index - part.at;
  }
  const script = exec.at(-1) ?? '';
  const written = text.slice(argumentSpan.start, argumentSpan.end);
  const at = written.lastIndexOf(`"${script}"`);
  return at < 0 || argument.length !== written.length ? undefined : argumentSpan.start + at + 1 + index;
}

function wordAt(text: string, offset: number): string {
  return /^[^\s"']*/.exec(text.slice(offset))?.[0] ?? '';
}

/** Starts what the script of package.json starts, when that is one plain command of Node. */
export function startScript(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const start = startOf(ctx);
  if (start?.by !== 'manager' || !start.alone || (start.script !== undefined && !start.script.isPlain))
    return undefined;
  const name = scriptName(start.words);
  const source = ctx.source(`${folderOf(ctx.path)}/package.json`);
  const root = source?.document.language === 'json' ? source.document.roots[0] : undefined;
  if ((name === undefined || textAt(root, 'scripts', `pre${name}`)) ?? textAt(root, 'scripts', `post${name}`))
    return undefined;
  const script = scriptOf(textAt(root, 'scripts', name) ?? '');
  if (script?.isPlain !== true || script.words[0] !== 'node') return undefined;
  return [ctx.replace(start.instruction.argumentSpan, asList(script.words))];
}

/** The script that a package manager is asked for, when nothing else is handed on. */
function scriptName([program = '', ...rest]: readonly string[]): string | undefined {
  const [verb = '', name = '', ...more] = rest.filter((word) => !/^(?:--silent|-s|--quiet)$/.test(word));
  if (/^run(?:-script)?$/.test(verb)) return more.length === 0 && name !== '' ? name : undefined;
  if (name !== '' || /npx$/.test(program)) return undefined;
  return verb === 'start' || program !== 'npm' ? verb : undefined;
}
