import { judges, lostBefore, swallows } from '../../_shared/delivery/deciding.ts';
import type { Command } from '../../_shared/delivery/shell.ts';
import { afterBlanks, type SoftCommand, shownCommand } from './commands.ts';
import { isGate } from './gates.ts';

/** Shells that choose and repeat: what their commands decide is not told apart. */
const BLOCK = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|function)(?:\s|$)|^[({]|[)}]$/;
/** A check whose result is forgotten, or turned into success at the end. */
export type Forgotten = Omit<SoftCommand, 'message'> & { readonly message: 'swallowed' | 'lost' };

/** `check; other`: the shell of a script tells how the last command ended, and nothing of those before. */
export function forgotten(
  text: string,
  commands: readonly Command[],
  isElsewhere: (command: Command) => boolean,
): readonly Forgotten[] {
  const isStrict = commands.some((command) => /^set\s+-\w*e/.test(command.text));
  if (isStrict || commands.some((command) => BLOCK.test(command.text))) return [];
  const lost = lostBefore(commands);
  let first = 0;
  return commands.slice(0, lost + 1).flatMap((command, index): Forgotten[] => {
    if (command.operator !== ';') return [];
    const list = commands.slice(first, index + 1);
    first = index + 1;
    const gate = list.find((each) => isGate(each.text));
    const hides = list.some((each, at) => each.operator === '||' && swallows(list[at + 1] ?? each));
    if (gate === undefined || hides || isElsewhere(command)) return [];
    const start = afterBlanks(text, command.end);
    const rest = commands.slice(index + 1);
    const end = rest.every(swallows) ? (rest.at(-1)?.end ?? start + 1) : start + 1;
    const message = end > start + 1 ? 'swallowed' : 'lost';
    return [{ span: { start, end }, message, command: shownCommand(gate) }];
  });
}

const GOES_ON = /^set\s+(?:\S+\s+)*(?:\+\w*e\w*(?=\s|$)|\+o\s+errexit)/;
/** Ends a script with what came before it, asks for it, or stops at failures again. */
const ASKS = /^(?:exit(?!\s+0$)|return|wait|fail|die|trap|set)\b/;

/** Checks behind `set +e` in a script that stops at failures without it, and that goes on behind them. */
export function goneOn(commands: readonly Command[]): readonly Omit<SoftCommand, 'message'>[] {
  const from = commands.findIndex(({ text }) => GOES_ON.test(text));
  if (from < 0 || commands.some(({ text }) => BLOCK.test(text))) return [];
  const behind = commands.slice(from + 1);
  if (judges(behind) || behind.some(({ text }) => ASKS.test(text))) return [];
  return behind.slice(0, -1).flatMap((command) => {
    const isEnd = command.operator === ';' || command.operator === '\n';
    const span = { start: command.start, end: command.end };
    return isEnd && isGate(command.text) ? [{ span, command: shownCommand(command) }] : [];
  });
}
