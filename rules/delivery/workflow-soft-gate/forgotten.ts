import { lostBefore, swallows } from '../../_shared/delivery/deciding.ts';
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
