import { closedBy } from './program.ts';
import type { Command } from './shell.ts';

/** Ends well, whatever came before it. */
const SWALLOWS = /^(?:true|:|exit 0|(?:echo|printf)\b(?![^\n]*(?:>|\$\?|GITHUB_)).*)$/;
/** Asks how a command ended instead of ending with it. */
const ASKS = /^(?:if|elif|while|until|!)\s/;
const MOVES = /^\(*\s*cd\s/;

/** `check || true`: the commands before it, by their indices, and those that turn their failure into success. */
export interface Swallow {
  /** The first command of the list that ends with it; those between are joined by `&&`. */
  readonly first: number;
  /** The command behind `||`. */
  readonly by: number;
  /** The last command behind `||`: another one than `by` where several stand in brackets. */
  readonly last: number;
}

/** Finds what turns failures into success, unless a later command judges by itself. */
export function swallowsIn(commands: readonly Command[]): readonly Swallow[] {
  return commands.flatMap((_, by) => {
    if (commands[by - 1]?.operator !== '||') return [];
    const last = lastOfSwallow(commands, by);
    const operator = last === undefined ? '||' : commands[last]?.operator;
    if (last === undefined || operator === '||') return [];
    let first = by - 1;
    while (commands[first - 1]?.operator === '&&') first--;
    // A pipe hands the output to something that may judge it.
    if (operator === '|' || commands[first - 1]?.operator === '|') return [];
    return judges(commands.slice(last + 1)) ? [] : [{ first, by, last }];
  });
}

/** More commands do not stand in brackets only to say something. */
const MAX_SAID = 10;

/** The last command of what ends well whatever came before it: `true`, `(echo "no" && exit 0)`, `{ echo "no"; }`. */
function lastOfSwallow(commands: readonly Command[], by: number): number | undefined {
  const { text = '' } = commands[by] ?? {};
  if (SWALLOWS.test(text)) return by;
  const close = /^\(/.test(text) ? ')' : /^\{\s/.test(text) ? '}' : undefined;
  if (close === undefined) return undefined;
  const last = commands.findIndex((one, at) => at >= by && one.text.endsWith(close));
  if (last < 0 || last - by > MAX_SAID) return undefined;
  const inside = commands.slice(by, last + 1).map((one) => one.text.replace(/^[({]\s*|\s*[)}]$/g, ''));
  return inside.every((one) => one === '' || SWALLOWS.test(one)) ? last : undefined;
}

/** Commands of which one ends the script with an error of its own. */
export function judges(commands: readonly Command[]): boolean {
  return commands.some(({ text }) => /\bexit\s+["']?[1-9$]|::error|^false\b|\$\?|\bPIPESTATUS\b/.test(text));
}

/** Whether a command ends well, whatever came before it. */
export function swallows({ text }: Command): boolean {
  return SWALLOWS.test(text);
}

/**
 * Commands with whose failure a script fails, and those that change the folder for them.
 * @param stops whether the shell stops at the first failure, as it does in workflows and not in package.json
 */
export function decidingCommands(commands: readonly Command[], stops: boolean): readonly Command[] {
  const keepsOn = commands.some(({ text }) => /^set\s+\+e/.test(text));
  const isStrict = (stops || commands.some(({ text }) => /^set\s+-\w*e/.test(text))) && !keepsOn;
  const last = isStrict ? -1 : lostBefore(commands);
  const swallowed = swallowsIn(commands);
  const decides = ({ text, operator }: Command, index: number): boolean =>
    index > last &&
    operator !== '|' &&
    !ASKS.test(text) &&
    !swallowed.some((one) => one.first <= index && index <= one.last);
  return commands.filter((command, index) => {
    if (!MOVES.test(command.text)) return decides(command, index);
    // What changes the folder in brackets counts with the command that closes them.
    const close = command.text.startsWith('(') ? closing(commands, index) : undefined;
    const end = close === undefined ? undefined : commands[close];
    return close === undefined || (end !== undefined && decides(end, close));
  });
}

/** The command that closes the brackets which another one opens. */
function closing(commands: readonly Command[], from: number): number {
  let depth = 0;
  return commands.findIndex(({ text }, index) => {
    if (index < from) return false;
    depth += /^\(*/.exec(text)?.[0].length ?? 0;
    depth -= closedBy(text);
    return depth <= 0;
  });
}

/** The last command whose result a shell forgets that does not stop at failures; -1 where there is none. */
export function lostBefore(commands: readonly Command[]): number {
  const last = commands.slice(0, -1).findLastIndex(({ operator }) => operator === ';' || operator === '\n');
  return judges(commands.slice(last + 1)) ? -1 : last;
}
