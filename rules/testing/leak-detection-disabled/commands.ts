import type { DataDocument, DataNode, Span } from '#api';
import { valueAt } from '../../_shared/dataMembers.ts';
import type { Effect } from './switches.ts';

export interface FlagUse {
  readonly span: Span;
  readonly name: string;
  readonly effect: Effect;
}

interface Flag {
  /** What has to be called in the same command. */
  readonly of: RegExp;
  readonly flag: RegExp;
  readonly effect: Effect;
}

const JEST = /\b(?:jest|react-scripts|react-app-rewired|craco|tsdx)\b|\b(?:npm|yarn|pnpm|bun|nx)\s.*\btest/;

const FLAGS: readonly Flag[] = [
  { of: JEST, flag: /(?<=\s)--forceExit(?:=true)?(?=$|[\s"'])/g, effect: 'forced' },
  { of: JEST, flag: /(?<=\s)--(?:detectOpenHandles=false|no-detectOpenHandles)(?=$|[\s"'])/g, effect: 'undetected' },
  { of: /\b(?:mocha|electron-mocha)\b/, flag: /(?<=\s)--exit(?:=true)?(?=$|[\s"'])/g, effect: 'forced' },
  { of: /\bnode\b.*--test\b/, flag: /(?<=\s)--test-force-exit(?=$|[\s"'])/g, effect: 'forced' },
  {
    of: /\bvitest\b|\b(?:npm|yarn|pnpm|bun)\s.*\btest/,
    flag: /(?<=\s)--dangerouslyIgnoreUnhandledErrors(?:=true)?(?=$|[\s"'])/g,
    effect: 'ignored',
  },
];

/** Longer texts are data, not commands. */
const MAX_COMMAND = 20_000;

/** Flags in the scripts of package.json and in the steps of workflows and composite actions. */
export function flagsInCommands(path: string, document: DataDocument): readonly FlagUse[] {
  const root = document.roots[0];
  const nodes = path.endsWith('/package.json') ? commandsOfPackage(root) : steps(path) ? runs(root) : [];
  return nodes.flatMap(({ span }) => flagsIn(document.text, span));
}

function steps(path: string): boolean {
  return /\/\.github\/(?:workflows|actions)\//.test(path) || /\/action\.ya?ml$/.test(path);
}

function commandsOfPackage(root: DataNode | undefined): readonly DataNode[] {
  const scripts = valueAt(root, 'scripts');
  return scripts?.kind === 'object' ? scripts.entries.flatMap(({ value }) => (value === undefined ? [] : [value])) : [];
}

/** Values of `run`, wherever they are; an alias is read where it is defined. */
function runs(node: DataNode | undefined, depth = 0): readonly DataNode[] {
  if (node === undefined || depth > 12 || node.definition !== undefined) return [];
  if (node.kind === 'array') return node.items.flatMap((item) => runs(item, depth + 1));
  if (node.kind !== 'object') return [];
  return node.entries.flatMap(({ key, value, merged }) => {
    if (merged || value === undefined) return [];
    return key === 'run' && value.kind === 'scalar' ? [value] : runs(value, depth + 1);
  });
}

function flagsIn(text: string, { start, end }: Span): readonly FlagUse[] {
  if (end - start > MAX_COMMAND) return [];
  const found: FlagUse[] = [];
  let at = start;
  // Lines that a backslash continues are one command.
  for (const command of text.slice(start, end).split(/(&&|\|\|?|;|(?<!\\\r?)\n)/)) {
    const commented = /^\s*#/.test(command);
    for (const { of, flag, effect } of commented ? [] : FLAGS) {
      if (!of.test(command.replace(/\s+/g, ' '))) continue;
      for (const match of command.matchAll(flag)) {
        const from = at + match.index;
        found.push({ span: { start: from, end: from + match[0].length }, name: match[0], effect });
      }
    }
    at += command.length;
  }
  return found;
}
