import { type Anchor, type DataDocument, facet, type Span } from '#api';
import { entryAt } from '../../_shared/dataMembers.ts';
import { lostBefore, swallows } from '../../_shared/delivery/deciding.ts';
import { type Command, commandsInJson } from '../../_shared/delivery/shell.ts';
import { isCompiler, isForWork } from '../../_shared/typeChecks.ts';
import { afterBlanks, type SoftCommand, shownCommand, softFlags, swallowedChecks } from './commands.ts';
import { informs, isGate } from './gates.ts';

/** A place in a script of package.json where a check cannot fail it. */
export interface SoftScript {
  readonly script: string;
  readonly at: Anchor;
  readonly message: 'swallowed' | 'lost' | 'noTests' | 'passes';
  readonly command: string;
}

type Found = Pick<SoftScript, 'message' | 'command'> & { readonly span: Span };

/** Shells that choose and repeat: what their commands decide is not told apart. */
const BLOCK = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|function)(?:\s|$)|^[({]|[)}]$/;
/** Scripts that change something, watch, or show how a check fails. */
const NO_CHECK = /(?:^|[:_-])(?:watch|dev|start|serve|debug|fix|update|clean|generate|fail\w*|negative)(?:$|[:_-])/i;

/** Scripts of every package.json that end well although a check in them failed. */
export const softScriptsFacet = facet<never, readonly SoftScript[]>({
  name: 'delivery/soft-scripts',
  documents: {
    languages: ['json'],
    fold(document, { path, at }) {
      if (!path.endsWith('/package.json') || document.language !== 'json') return undefined;
      const found = softScripts(document).map(({ span, ...rest }) => ({ ...rest, at: at(span) }));
      return found.length === 0 ? undefined : found;
    },
  },
});

function softScripts({ text, roots: [root] }: DataDocument): readonly (Found & { readonly script: string })[] {
  const scripts = entryAt(root, 'scripts')?.value;
  if (scripts?.kind !== 'object') return [];
  return scripts.entries.flatMap(({ key, value }) => {
    if (value?.kind !== 'scalar' || typeof value.value !== 'string' || informs(key) || NO_CHECK.test(key)) return [];
    if (!/;|\|\||\s--/.test(value.value)) return [];
    const commands = commandsInJson(text, value.span);
    // `config/build-checks-disabled` reports what goes on behind the compiler, whatever runs it.
    const isElsewhere = (command: Command) => !isForWork(key) && isCompiler(command.text);
    const found: readonly Found[] = [
      ...swallowedChecks(text, commands, isElsewhere),
      ...forgotten(text, commands, isElsewhere),
      ...commands.flatMap((command) => softFlags(text, command)),
    ].flatMap(({ message, ...rest }) => (message === 'forced' ? [] : [{ ...rest, message }]));
    return found.map((one) => ({ ...one, script: key }));
  });
}

type Forgotten = Omit<SoftCommand, 'message'> & { readonly message: 'swallowed' | 'lost' };

/** `check; other`: the shell of a script tells how the last command ended, and nothing of those before. */
function forgotten(
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
