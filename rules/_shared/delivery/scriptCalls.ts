import { commandsOf } from './shell.ts';

/** What a command of a workflow leads to. */
export interface Reach {
  /** The command itself and those of all scripts that it runs, without what wraps them. */
  readonly commands: readonly string[];
  /** Names of the scripts and tasks, those included that no package.json of the workspace knows. */
  readonly names: readonly string[];
}

/** Bodies of scripts by name: several packages may have one of the same name. */
export type Scripts = ReadonlyMap<string, readonly string[]>;

/** What runs a program without being one itself. */
const WRAPPERS =
  /^(?:(?:then|do|else|if|!|\(|\{|exec|command|time|env|sudo(?:\s+-\S+)*|nice|nohup|with-env)\s+|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|\$\{\{[^}]*\}\}|\S*)\s+|(?:xvfb-run|retry|timeout|dotenv(?:x\s+run)?|infisical\s+run|doppler\s+run|env-cmd|cross-env|cross-env-shell|cross-var)(?:\s+(?:-\S+(?:\s+(?=\d))?|--|\d\w*|\w+=\S*))*\s+|(?:npx|bunx|pnpx|pnpm\s+(?:exec|dlx)|yarn\s+(?:exec|dlx|run\s+-T)|npm\s+(?:exec|x)|bun\s+x)(?:\s+(?:-\S+|--))*\s+)/;

/** `npm run x`, `yarn x`, `pnpm --filter api x`, `bun run x`; the rest begins with the script's name. */
const MANAGER =
  /^(?:npm|pnpm|yarn|bun|ni|nr)(?:\s+(?:(?:--(?:prefix|filter|workspace|cwd|dir|config\.[\w-]+)|-[CwF])[\s=]\S+|-[-\w]+(?:=\S+)?|workspaces?\s+(?:foreach|run|(?!foreach|run)\S+)|run-script|run))*\s+(?=[\w@$"'])/;
/** Words behind a package manager that are its own. */
const OWN_WORDS = new Set(
  (
    'install i ci add remove audit publish pack link exec dlx create init config set get cache login logout whoami version ' +
    'view info list ls outdated update up upgrade prune rebuild dedupe store root why patch import fetch env setup rb un npm x'
  ).split(' '),
);
/** Programs that run tasks by name. */
const TASKS =
  /^(?:turbo|nx|lerna|moon|make|just|task|gulp|grunt|wireit|rush|rushx|lage|npm-run-all2?|run-s|run-p|nps|wsrun|ultra|preconstruct|vp|mise|mage|rake|concurrently)\s+(.*)$/;

const MAX_REACH = 150;

/** Follows a command through the scripts of the workspace. */
export function reachOf(command: string, scripts: Scripts): Reach {
  const commands: string[] = [];
  const names = new Set<string>();
  const waiting = [command];
  for (let next = waiting.pop(); next !== undefined && commands.length < MAX_REACH; next = waiting.pop()) {
    const program = programOf(next);
    commands.push(program);
    for (const name of calledBy(program)) {
      if (names.has(name)) continue;
      names.add(name);
      for (const one of [`pre${name}`, name, `post${name}`]) {
        for (const body of scripts.get(one) ?? []) {
          if (names.size < MAX_REACH) waiting.push(...commandsOf(body).flatMap(({ text }) => text.split(/\s&\s/)));
        }
      }
    }
  }
  return { commands, names: [...names] };
}

/** A command without what only wraps it. */
export function programOf(command: string): string {
  let program = command.replace(/\s+/g, ' ').trim();
  for (let cut = WRAPPERS.exec(program); cut !== null; cut = WRAPPERS.exec(program)) {
    program = program.slice(cut[0].length);
  }
  // `vercel@latest`, `netlify-cli@${{ env.VERSION }}`
  return program.replace(/^(@?[\w./-]+)@(?:\$\{\{[^}]*\}\}|\S+)/, '$1');
}

/** Names of scripts and tasks that a program runs. */
function calledBy(program: string): readonly string[] {
  const manager = MANAGER.exec(program)?.[0];
  if (manager !== undefined) {
    const name = /^["']?([\w@.:/$*-]+)/.exec(program.slice(manager.length))?.[1] ?? '';
    if (/\brun(?:-script)?\b/.test(manager) || !OWN_WORDS.has(name)) {
      return [name === 't' || name === 'tst' ? 'test' : name];
    }
    return [];
  }
  const words = TASKS.exec(program)?.[1];
  if (words === undefined) return [];
  // `turbo run ${{matrix.task}}`
  const isOpen = /(?:^|(?:^|\s)[^-\s]\S*\s+)\$/.test(words);
  const named = words
    .split(/[\s,="']+/)
    .map((word) => word.replace(/^(?:npm|yarn|pnpm|bun):/, ''))
    .filter((word) => /^[\w@][\w@.:/*-]*$/.test(word))
    .slice(0, 20)
    .flatMap((word) => (/^[\w@/-]+:[\w-]+$/.test(word) ? [word, word.slice(word.indexOf(':') + 1)] : [word]));
  return isOpen ? [...named, '$'] : named;
}
