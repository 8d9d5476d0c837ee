import type { Span } from '#api';
import { swallowsIn } from '../../_shared/delivery/deciding.ts';
import type { Command } from '../../_shared/delivery/shell.ts';
import { isGate } from './gates.ts';

/** A command that lets a script go on although a check failed. */
export interface SoftCommand {
  readonly span: Span;
  readonly message: 'swallowed' | 'noTests' | 'passes' | 'forced';
  /** The check, as a person would call it. */
  readonly command: string;
}

/**
 * `check || true`, also behind `cd folder &&`. What a later line judges is left alone.
 * @param isElsewhere whether another rule reports what hides the failure of a command
 */
export function swallowedChecks(
  text: string,
  commands: readonly Command[],
  isElsewhere: (command: Command) => boolean = () => false,
): readonly SoftCommand[] {
  return swallowsIn(commands).flatMap(({ first, by, last }) => {
    const gate = commands.slice(first, by).find((each) => isGate(each.text));
    const before = commands[by - 1];
    const end = commands[last]?.end;
    if (gate === undefined || before === undefined || end === undefined || isElsewhere(before)) return [];
    return [{ span: { start: afterBlanks(text, before.end), end }, message: 'swallowed', command: shownCommand(gate) }];
  });
}

/** The offset of the next character that is no blank. */
export function afterBlanks(text: string, offset: number): number {
  return offset + (/^\s*/.exec(text.slice(offset, offset + 1000))?.[0].length ?? 0);
}

/** Commands that look at what changed alone, where there may be nothing to test. */
const PARTIAL = /--(?:changed|since|related|findRelatedTests|onlyChanged|changedSince|affected|shard)|\baffected\b/;

const NO_TESTS = /(?<=\s)--pass-?[wW]ith-?[nN]o-?[tT]ests(?:=true)?(?=$|\s)/;
/** Flags with which a program ends well whatever it finds. */
const PASSES: readonly (readonly [RegExp, RegExp])[] = [
  [/\baudit\b/, /(?<=\s)--audit-level[=\s]none(?=$|\s)/],
  [/\bjest\b|\b(?:run|test)\b/, /(?<=\s)--testFailureExitCode[=\s]0(?=$|\s)/],
  [/\bmocha\b|\b(?:run|test)\b/, /(?<=\s)--pass-on-failing-test-suite(?:=true)?(?=$|\s)/],
  [/\btslint\b|\bng\s+lint\b/, /(?<=\s)--force(?:=true)?(?=$|\s)/],
];

/** Flags of a command that let it end well; `text` is what the command stands in. */
export function softFlags(text: string, command: Command): readonly SoftCommand[] {
  const written = text.slice(command.start, command.end);
  const found = (pattern: RegExp, message: SoftCommand['message']): readonly SoftCommand[] => {
    const match = pattern.exec(written);
    if (match === null) return [];
    const start = command.start + match.index;
    return [{ span: { start, end: start + match[0].length }, message, command: shownCommand(command) }];
  };
  const gate = isGate(command.text);
  const install = /^npm\s+(?:ci|install|i)\b/.test(command.text) && !/\s(?:-g|--global)\b/.test(command.text);
  return [
    ...(gate && !PARTIAL.test(command.text) ? found(NO_TESTS, 'noTests') : []),
    ...(gate ? PASSES.flatMap(([of, flag]) => (of.test(command.text) ? found(flag, 'passes') : [])) : []),
    ...(install ? found(/(?<=\s)(?:--force|-f)(?=$|\s)/, 'forced') : []),
  ];
}

/** A command on one line, cut where it is long. */
export function shownCommand({ text }: Pick<Command, 'text'>): string {
  const line = text.replace(/\\\r?\n/g, ' ').replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
