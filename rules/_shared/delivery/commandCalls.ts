import { resolvePath } from '../filePath.ts';
import { ALL, type Call } from './call.ts';
import { programOf } from './program.ts';
import { cutAt, lernaCall, nxCall, turboCall, valuesByFlag } from './taskCalls.ts';

/** Scripts that run by themselves when a package is published. */
const WITH_PUBLISH: readonly string[] = ['prepublishOnly', 'prepack'];

function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/(?:[^\s"']|"(?:[^"\\]|\\.)*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ''));
}

/** What a command asks for that nothing wraps any more, called in a folder of a workspace. */
export function callsOf(command: string, folder: string, root: string): readonly Call[] {
  return callsIn(wordsOf(command), folder, root);
}

/** Programs that run scripts. */
const PROGRAMS = /^(?:turbo|lerna|nx|npm-run-all2?|run-[sp]|concurrently|n?yc|c8)$/;

function callsIn(words: readonly string[], folder: string, root: string): readonly Call[] {
  const [program = '', ...rest] = words;
  if (program === 'npm' || program === 'pnpm' || program === 'yarn' || program === 'bun') {
    return managerCall(program, rest, folder, root);
  }
  if (program === 'turbo') return turboCall(rest, folder);
  if (program === 'lerna') return lernaCall(rest, folder);
  if (program === 'nx') return nxCall(rest, folder);
  if (/^(?:npm-run-all2?|run-[sp])$/.test(program)) return [{ names: taskNames(rest), folder, chosen: undefined }];
  if (program === 'concurrently') return rest.flatMap((word) => concurrentCall(word, folder, root));
  if (/^(?:start-server-and-test|server-test|start-test)$/.test(program)) {
    const name = rest.findLast((word) => !word.startsWith('-'));
    return name === undefined ? [] : [{ names: [name], folder, chosen: undefined }];
  }
  // A tool that runs tests by a script: `nyc npm test`.
  const inner = /^(?:n?yc|c8)$/.test(program) ? rest.findIndex((word) => /^(?:npm|pnpm|yarn)$/.test(word)) : -1;
  return inner < 0 ? [] : callsIn(rest.slice(inner), folder, root);
}

// ── package managers ─────────────────────────────────────────────────────────────────────────────────────────────────

type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Flags of a manager by what their value is, or by what they say alone. */
const FLAGS: Readonly<Record<Manager, Readonly<Record<string, 'folder' | 'package' | 'all' | 'root' | 'value'>>>> = {
  npm: {
    '--prefix': 'folder',
    '-C': 'folder',
    '--workspace': 'package',
    '-w': 'package',
    '--workspaces': 'all',
    '-ws': 'all',
    '--loglevel': 'value',
  },
  pnpm: {
    '--dir': 'folder',
    '-C': 'folder',
    '--prefix': 'folder',
    '--filter': 'package',
    '-F': 'package',
    '--filter-prod': 'package',
    '--recursive': 'all',
    '-r': 'all',
    '--workspace-root': 'root',
    '-w': 'root',
    '--workspace-concurrency': 'value',
    '--reporter': 'value',
    '--loglevel': 'value',
  },
  yarn: { '--cwd': 'folder' },
  bun: { '--cwd': 'folder', '--filter': 'package', '-F': 'package' },
};

/** What managers do by themselves. */
const OWN =
  /^(?:install|i|ci|add|remove|rm|un|audit|pack|link|exec|dlx|x|create|init|config|set|get|cache|login|logout|whoami|version|view|info|list|ls|outdated|update|up|upgrade|prune|rebuild|dedupe|store|root|why|patch|import|fetch|env|setup|rb|plugin|npm|node|bin|deploy|licenses|help|global|policies|constraints|stage)$/;

function managerCall(manager: Manager, words: readonly string[], folder: string, root: string): readonly Call[] {
  let home = folder;
  const chosen: string[] = [];
  const plain: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-')) {
      plain.push(word);
      // A program that is installed: `yarn turbo run test`.
      if (plain.length === 1 && manager !== 'npm' && PROGRAMS.test(word))
        return callsIn(words.slice(index), home, root);
      // Behind the name all but npm hand on what they are given.
      if (manager !== 'npm' && isNamed(manager, plain)) break;
      continue;
    }
    const [flag = '', given] = cutAt(word, '=');
    const kind = FLAGS[manager][flag];
    if (kind === 'all') chosen.push(...ALL);
    else if (kind === 'root') home = root;
    else if (kind !== undefined) {
      const value: string | undefined = given ?? words[++index];
      if (value === undefined || value.includes('$')) return [];
      if (kind === 'folder') home = resolvePath(home, value);
      if (kind === 'package') chosen.push(value);
    }
  }
  const { names, all, packages } = namesIn(manager, plain, words);
  const picked = [...chosen, ...packages, ...(all ? ALL : [])];
  return names.length === 0 ? [] : [{ names, folder: home, chosen: picked.length === 0 ? undefined : picked }];
}

interface Named {
  readonly names: readonly string[];
  readonly all?: boolean;
  readonly packages: readonly string[];
}

function isNamed(manager: Manager, plain: readonly string[]): boolean {
  return plain[0] === 'workspaces' || namesIn(manager, plain, plain).names.length > 0;
}

/** Names of scripts among the words that are no flags. */
function namesIn(manager: Manager, plain: readonly string[], words: readonly string[]): Named {
  const [first = '', second, third] = plain;
  const named = (...names: readonly (string | undefined)[]): Named => ({
    names: names.flatMap((name) => name ?? []),
    packages: [],
  });
  if (/^(?:run|run-script|rum|urn)$/.test(first)) return named(second);
  if (first === 'publish' && (manager === 'npm' || manager === 'pnpm')) return named(...WITH_PUBLISH);
  if (/^(?:t|tst|test)$/.test(first) && manager !== 'bun') return named('test');
  if (manager === 'npm') return named();
  if (manager === 'pnpm' && /^(?:recursive|multi|m)$/.test(first)) {
    return { ...named(second === 'run' ? third : second), all: true };
  }
  if (manager === 'yarn' && first === 'workspace') {
    return second === undefined ? named() : { ...named(third === 'run' ? plain[3] : third), packages: [second] };
  }
  if (manager === 'yarn' && first === 'workspaces') {
    const run = words.indexOf('run');
    const name = run < 0 ? undefined : words.slice(run + 1).find((word) => !word.startsWith('-'));
    return { ...named(name), all: true };
  }
  if (manager === 'bun' && /^(?:test|build|run|pm|repl)$/.test(first)) return named();
  return OWN.test(first) || first === '' ? named() : named(first);
}

const RUN_ALL_FLAGS = new Set(['--max-parallel', '--npm-path']);

/** Names among the words of npm-run-all; what stands behind one in quotes goes to the script. */
function taskNames(words: readonly string[]): readonly string[] {
  const names = valuesByFlag(words, RUN_ALL_FLAGS, false).get('') ?? [];
  return names.flatMap((name) => name.split(' ')[0] ?? []);
}

/** `npm:lint`, `npm run lint`. */
function concurrentCall(word: string, folder: string, root: string): readonly Call[] {
  const [, name] = /^(?:npm|yarn|pnpm|bun|node):(\S+)/.exec(word) ?? [];
  if (name !== undefined) return [{ names: [name], folder, chosen: undefined }];
  return word.includes(' ') ? callsOf(programOf(word), folder, root) : [];
}
