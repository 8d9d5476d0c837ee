import { ALL, type Call } from './call.ts';

/** A word before and behind a sign; the whole word where there is none. */
export function cutAt(word: string, sign: string): readonly [string, string | undefined] {
  const at = word.indexOf(sign);
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** Values of a flag, `--name a b`, `--name=a,b`; the words that belong to no flag are under the empty name. */
export function valuesByFlag(
  words: readonly string[],
  taking: ReadonlySet<string>,
  many: boolean,
): ReadonlyMap<string, string[]> {
  const values = new Map<string, string[]>([['', []]]);
  let open = '';
  for (const word of words) {
    if (word === '--') break;
    const [flag, given] = word.startsWith('-') ? cutAt(word, '=') : ['', word];
    if (flag !== '') open = given === undefined && taking.has(flag) ? flag : '';
    if (given === undefined) continue;
    const name = flag === '' ? open : flag;
    values.set(name, [...(values.get(name) ?? []), ...given.split(',')]);
    if (!many) open = '';
  }
  return values;
}

const TURBO_FLAGS = new Set(
  '--filter -F --concurrency --cache-dir --output-logs --log-order --log-prefix --cwd --team --token --api --env-mode --ui --scope --cache --cache-workers'.split(
    ' ',
  ),
);

/** What `turbo` runs. */
export function turboCall(words: readonly string[], folder: string): readonly Call[] {
  const values = valuesByFlag(words, TURBO_FLAGS, false);
  const tasks = (values.get('') ?? []).filter((word) => word !== 'run');
  if (/^(?:prune|login|link|daemon|gen|generate|ls|query|scan|bin)$/.test(tasks[0] ?? '')) return [];
  const filters = [...(values.get('--filter') ?? []), ...(values.get('-F') ?? []), ...(values.get('--scope') ?? [])];
  return tasks.map((task) => {
    const [of, name] = cutAt(task, '#');
    // `//#lint` is one of the package at the top.
    if (name !== undefined) return { names: [name], folder, chosen: of === '//' ? undefined : [of], tool: 'turbo' };
    return filters.length === 0
      ? { names: [task], folder, chosen: ALL, isInferred: true, tool: 'turbo' }
      : { names: [task], folder, chosen: filters, tool: 'turbo' };
  });
}

const LERNA_FLAGS = new Set(['--scope', '--ignore', '--concurrency', '--since', '--loglevel']);

/** What `lerna` runs. */
export function lernaCall(words: readonly string[], folder: string): readonly Call[] {
  const values = valuesByFlag(words, LERNA_FLAGS, false);
  const [command, ...names] = values.get('') ?? [];
  return command === 'run' ? [{ names, folder, chosen: values.get('--scope') ?? ALL, tool: 'lerna' }] : [];
}

const NX_FLAGS = new Set([
  '-t',
  '--target',
  '--targets',
  '-p',
  '--projects',
  '--exclude',
  '--parallel',
  '--base',
  '--head',
]);

/** What `nx` runs. */
export function nxCall(words: readonly string[], folder: string): readonly Call[] {
  const values = valuesByFlag(words, NX_FLAGS, true);
  const [command = '', first] = values.get('') ?? [];
  const affected = /^affected:(\w+)$/.exec(command)?.[1];
  if (command === 'run-many' || command === 'affected' || affected !== undefined) {
    const names = [affected ?? [], ...['-t', '--target', '--targets'].map((flag) => values.get(flag) ?? [])].flat();
    const projects = ['-p', '--projects'].flatMap((flag) => values.get(flag) ?? []);
    return [{ names, folder, chosen: projects.length === 0 ? ALL : projects, tool: 'nx' }];
  }
  if (command === 'run') {
    const [project = '', name = ''] = (first ?? '').split(':');
    return project === '' || name === '' ? [] : [{ names: [name], folder, chosen: [project], tool: 'nx' }];
  }
  if (command === '' || NX_OWN.test(command)) return [];
  return [{ names: [command], folder, chosen: first === undefined ? undefined : [first], tool: 'nx' }];
}

/** What Nx does by itself. */
const NX_OWN =
  /^(?:graph|dep-graph|reset|migrate|g|generate|new|init|list|report|repair|release|daemon|connect|format\S*|show|watch|sync\S*|add|import|exec|mcp|login|logout|view-logs|record|help|configure-\S+|workspace-\S+|affected:\S+|print-affected|(?:start|stop|fix|complete)-\S+)$/;
