import type { Command } from './shell.ts';

/** Ends well, whatever came before it. */
const SWALLOWS = /^(?:true|:|exit 0|echo\b(?![^\n]*(?:>|\$\?|GITHUB_)).*)$/;
/** Asks how a command ended instead of ending with it. */
const ASKS = /^(?:if|elif|while|until|!)\s/;
const MOVES = /^\(*\s*cd\s/;

/** `check || true`: the commands before it, by their indices, and the one that turns their failure into success. */
export interface Swallow {
  /** The first command of the list that ends with it; those between are joined by `&&`. */
  readonly first: number;
  readonly last: number;
}

/** Finds what turns failures into success, unless a later command judges by itself. */
export function swallowsIn(commands: readonly Command[]): readonly Swallow[] {
  return commands.flatMap((command, last) => {
    if (commands[last - 1]?.operator !== '||' || !SWALLOWS.test(command.text) || command.operator === '||') return [];
    let first = last - 1;
    while (commands[first - 1]?.operator === '&&') first--;
    // A pipe hands the output to something that may judge it.
    if (command.operator === '|' || commands[first - 1]?.operator === '|') return [];
    return judges(commands.slice(last + 1)) ? [] : [{ first, last }];
  });
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
  return commands.filter(({ text, operator }, index) => {
    if (MOVES.test(text)) return true;
    if (index <= last || operator === '|' || ASKS.test(text)) return false;
    return !swallowed.some((one) => one.first <= index && index <= one.last);
  });
}

/** The last command whose result a shell forgets that does not stop at failures; -1 where there is none. */
export function lostBefore(commands: readonly Command[]): number {
  const last = commands.slice(0, -1).findLastIndex(({ operator }) => operator === ';' || operator === '\n');
  return judges(commands.slice(last + 1)) ? -1 : last;
}
