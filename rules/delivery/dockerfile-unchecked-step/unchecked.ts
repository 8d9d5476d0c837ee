import { type DockerDocument, type DockerInstruction, type Span, spanInArgument } from '#api';
import { type Command, commandsOf } from '../../_shared/delivery/shell.ts';
import { alwaysSucceeds, asksNothing, matters } from './steps.ts';

/** A place of a Dockerfile where a failure goes unnoticed. */
export interface UncheckedStep {
  readonly span: Span;
  readonly message: 'swallowed' | 'healthcheck' | 'piped' | 'background';
  /** What may fail, as a person would call it. */
  readonly command: string;
  /** What to take out so that it fails; `undefined` where that is not all. */
  readonly cut: Span | undefined;
}

/** Finds the steps whose failure nobody notices. */
export function uncheckedSteps({ instructions }: DockerDocument): readonly UncheckedStep[] {
  return instructions.flatMap((instruction) => {
    switch (instruction.keyword) {
      case 'RUN':
        return [...swallowed(instruction), ...piped(instruction)];
      case 'HEALTHCHECK':
        return healthcheck(instruction);
      default:
        return [];
    }
  });
}

/** `install || true`, and `exit 0` behind everything. */
function swallowed(instruction: DockerInstruction): readonly UncheckedStep[] {
  if (instruction.exec !== undefined) return [];
  const commands = commandsOf(instruction.argument);
  return commands.flatMap((command, index) => {
    const before = commands[index - 1];
    if (before === undefined || !alwaysSucceeds(command.text)) return [];
    const last = index === commands.length - 1;
    const first = before.operator === '||' ? startOfChain(commands, index - 1) : 0;
    // `check; exit 0` at the end swallows all that came before.
    const ends = last && before.operator === ';' && /^(?:true|:|exit 0)$/.test(command.text);
    if (before.operator !== '||' && !ends) return [];
    const failing = commands.slice(first, index).find(({ text }) => matters(text));
    if (failing === undefined || commands[first - 1]?.operator === '|') return [];
    const start = operatorStart(instruction, before);
    return [
      {
        span: spanInArgument(instruction, start, command.end),
        message: 'swallowed',
        command: shown(failing.text),
        cut:
          last || (before.operator === '||' && command.operator === '&&')
            ? spanInArgument(instruction, before.end, command.end)
            : undefined,
      },
    ];
  });
}

/** The first of the commands that `&&` ties together. */
function startOfChain(commands: readonly Command[], index: number): number {
  let first = index;
  while (commands[first - 1]?.operator === '&&') first--;
  return first;
}

function operatorStart({ argument }: DockerInstruction, { end }: Command): number {
  return end + (/^\s*/.exec(argument.slice(end))?.[0].length ?? 0);
}

const FETCHES = /^(?:[A-Za-z_]\w*=\S*\s+|\(\s*|sudo\s+|then\s+)*(?:curl|wget)\s/;
const SHELL =
  /^(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+(?:\w+=\S*\s+)*)?(?:\w+=\S*\s+)*(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh(?=$|[\s)])/;
const INLINE = /\b(?:ba|da|z)?sh\s+(?:-\w*c\s+["']?\$\(|<\(\s*)\s*(?:curl|wget)\s|\beval\s+["']?\$\(\s*(?:curl|wget)\s/;

/** Runs what a server sends, without having looked at it. */
function piped(instruction: DockerInstruction): readonly UncheckedStep[] {
  if (instruction.exec !== undefined) return [];
  const commands = commandsOf(instruction.argument);
  return commands.flatMap((command, index) => {
    const next = commands[index + 1];
    const isPiped = command.operator === '|' && FETCHES.test(command.text) && SHELL.test(next?.text ?? '');
    if (!isPiped && !INLINE.test(command.text)) return [];
    const end = isPiped ? (next?.end ?? command.end) : command.end;
    return [
      {
        span: spanInArgument(instruction, command.start, end),
        message: 'piped',
        command: /https?:\/\/[^/\s"')]+/.exec(command.text)?.[0] ?? 'a server',
        cut: undefined,
      },
    ];
  });
}

/** `CMD` with the command behind it. */
const CHECK = /^CMD\s+(?=\S)/;

function healthcheck(instruction: DockerInstruction): readonly UncheckedStep[] {
  const { argument } = instruction;
  const lead = CHECK.exec(argument)?.[0].length;
  if (lead === undefined) return [];
  const text = argument.slice(lead);
  const report = (cut: Span | undefined): readonly UncheckedStep[] => [
    {
      span: spanInArgument(instruction, lead, argument.trimEnd().length),
      message: 'healthcheck',
      command: shown(text),
      cut,
    },
  ];
  const words = /^\[(.*)\]$/s.exec(text.trim())?.[1]?.match(/"(?:[^"\\]|\\.)*"/g);
  if (words) return asksNothing(words.map((word) => word.slice(1, -1)).join(' ')) ? report(undefined) : [];
  const commands = commandsOf(text);
  const last = commands.at(-1);
  const before = commands.at(-2);
  if (last === undefined) return [];
  const fallsBack = before !== undefined && /^(?:\|\||;)$/.test(before.operator) && alwaysSucceeds(last.text);
  if (fallsBack) return report(spanInArgument(instruction, lead + before.end, lead + last.end));
  const asked = commands.filter(({ text: each }) => !/^exit 1$/.test(each));
  return asked.length > 0 && asked.every(({ text: each }) => asksNothing(each)) ? report(undefined) : [];
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
