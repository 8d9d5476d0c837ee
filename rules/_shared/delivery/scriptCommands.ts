import type { ShellDocument } from '#api';
import { lostBefore } from './deciding.ts';
import { type Command, commandsWithin } from './shell.ts';

/** A command of a shell script. */
export interface ScriptCommand extends Command {
  /** Runs at times: between `if` and `fi`, in a loop, in a function, in braces behind `||`. */
  readonly isConditional: boolean;
}

/** More than a person writes into one script. */
const MAX_COMMANDS = 2000;

const OPENS = /^(?:if|for|while|until|case|select)(?=\s|$|\()/;
const CLOSES = /^(?:fi|done|esac)(?=$|[\s<>&)])/;
const FUNCTION = /^(?:function\s+[\w:.-]+(?:\s*\(\s*\))?|[\w:.-]+\s*\(\s*\))\s*(?:\{|\(|$)/;

/** Commands of a script in their order, and which of them run whatever happens. */
export function scriptCommands({ text, lines }: ShellDocument): readonly ScriptCommand[] {
  const commands: Command[] = [];
  for (const { span, heredocs } of lines) {
    if (commands.length >= MAX_COMMANDS) break;
    const found = commandsWithin(text, span, heredocs);
    for (const [at, each] of found.entries()) {
      commands.push(at === found.length - 1 && each.operator === '' ? { ...each, operator: '\n' } : each);
    }
  }
  return marked(commands);
}

/** What closes it; whether what is inside runs at times alone. */
type Open = { readonly by: 'keyword' | 'brace'; readonly isConditional: boolean };

function marked(commands: readonly Command[]): readonly ScriptCommand[] {
  const open: Open[] = [];
  return commands.map((command, index) => {
    const { text } = command;
    const before = commands[index - 1]?.operator;
    const inside = open.some(({ isConditional }) => isConditional);
    let isConditional = inside || CLOSES.test(text);
    if (OPENS.test(text)) {
      open.push({ by: 'keyword', isConditional: true });
      isConditional = true;
    } else if (CLOSES.test(text)) close(open, 'keyword');
    else if (FUNCTION.test(text)) {
      // The body of `name() echo` is the rest of the line, which is as rare as one that begins on the next.
      open.push({ by: 'brace', isConditional: true });
      isConditional = true;
    } else if (/^\{(?=\s|$)/.test(text)) {
      const isBody = commands[index - 1] !== undefined && FUNCTION.test(commands[index - 1]?.text ?? '');
      if (isBody && !/[{(]$/.test(commands[index - 1]?.text ?? '')) open.pop();
      open.push({ by: 'brace', isConditional: isBody || before === '||' || before === '&&' });
      isConditional = inside || isBody || before === '||' || before === '&&';
    }
    if (/(?:^|\s)\}$|^\}/.test(text) && !text.startsWith('{ ')) close(open, 'brace');
    // What runs when the one before it failed, or succeeded, is no step of the script.
    return { ...command, isConditional };
  });
}

function close(open: Open[], by: Open['by']): void {
  const at = open.findLastIndex((one) => one.by === by);
  if (at >= 0) open.length = at;
}

const STOPS = /^set\s+(?:\S+\s+)*(?:-\w*e\w*(?=\s|$)|-o\s+errexit)/;
const GOES_ON = /^set\s+(?:\S+\s+)*(?:\+\w*e\w*(?=\s|$)|\+o\s+errexit)/;

/** Whether a script stops at the first command that fails; `undefined` where it does so in parts. */
export function stopsAtFailures({ interpreter }: ShellDocument, commands: readonly Command[]): boolean | undefined {
  const stops = /\s-\w*e/.test(interpreter) || commands.some(({ text }) => STOPS.test(text));
  if (!commands.some(({ text }) => GOES_ON.test(text))) return stops;
  return stops ? undefined : false;
}

/** Reads other scripts into this one, or runs something when a command fails: what it stops at is not known. */
const OPEN_ENDED = /^(?:\.|source)\s|^trap\s/;

/** The last command whose failure a script forgets; -1 where there is none, or nobody can tell. */
export function lostInScript(script: ShellDocument, commands: readonly Command[]): number {
  if (stopsAtFailures(script, commands) !== false || commands.some(({ text }) => OPEN_ENDED.test(text))) return -1;
  return lostBefore(commands);
}
