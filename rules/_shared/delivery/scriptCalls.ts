import { lastPart } from '../filePath.ts';
import { folderTrail, programOf } from './program.ts';
import { NEW_SHELL } from './recipeFile.ts';
import { type Recipes, recipeRuns } from './recipeRuns.ts';
import { commandsOf } from './shell.ts';
import { type TaskNames, withTasksBefore } from './taskNames.ts';

/** What a command of a workflow leads to. */
export interface Reach {
  /** The command itself and those of all that it runs, without what wraps them and without calls that were followed. */
  readonly commands: readonly string[];
  /** Those among them that run whatever happens, as far as conditions of shell scripts and Makefiles tell. */
  readonly certain: readonly string[];
  /** Names of the scripts and tasks, those included that no package.json of the workspace knows. */
  readonly names: readonly string[];
  /** Those among them whose recipes were read: targets of Makefiles, and shell scripts by their file names. */
  readonly read: ReadonlySet<string>;
}

/** A script of a package.json, or the command of a task. */
export interface ScriptBody {
  readonly text: string;
  /** Where it runs. */
  readonly folder: string;
}

/** Bodies of scripts by name: several packages may have one of the same name. */
export type Scripts = ReadonlyMap<string, readonly ScriptBody[]>;

/** What commands may lead to, and where they are run; what is left out leads nowhere. */
export interface Surroundings {
  readonly scripts: Scripts;
  readonly recipes?: Recipes;
  readonly tasks?: TaskNames;
  /** Where the command is run; without it Makefiles and shell scripts cannot be told. */
  readonly folder?: string | undefined;
}

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

/** A command of a recipe that runs what a variable holds, or other text. */
const OPEN = /^["']?(?:\$[\w({@*]|\{\{)|^eval\b/;

/** Follows a command through scripts, Makefiles, shell scripts and tasks of the workspace. */
export function reachOf(command: string, around: Surroundings): Reach {
  const { scripts, recipes = NO_RECIPES, tasks } = around;
  const commands: string[] = [];
  const certain: string[] = [];
  const names = new Set<string>();
  const read = new Set<string>();
  const followed = new Set<string>();
  const waiting: Waiting[] = [{ command, folder: around.folder, isCertain: true }];
  const follow = (texts: readonly string[], from: string | undefined, isCertain: (text: string) => boolean): void => {
    const folderOf = folderTrail(from);
    for (const text of texts) {
      const folder = folderOf(text);
      if (text !== NEW_SHELL) waiting.push({ command: text, folder, isCertain: isCertain(text) });
    }
  };
  const followScripts = (name: string, bodies: Scripts): void => {
    for (const { text, folder } of bodies.get(name) ?? []) {
      if (names.size < MAX_REACH)
        follow(
          commandsOf(text).flatMap((one) => one.text.split(/\s&\s/)),
          folder,
          () => true,
        );
    }
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (commands.length >= MAX_REACH) {
      // What is left may be anything.
      if (followed.size > 0) names.add('$');
      break;
    }
    const program = programOf(next.command);
    const runs = next.folder === undefined ? undefined : recipeRuns(next.command, next.folder, recipes);
    for (const { path, name, folder, recipe } of runs ?? []) {
      const known = name === '' ? lastPart(path).replace(/\.\w+$/, '') : name;
      names.add(known);
      read.add(known);
      const key = `${path}\n${name}\n${recipe.commands.length}`;
      if (followed.has(key)) continue;
      followed.add(key);
      if (recipe.commands.some((one) => OPEN.test(programOf(one)))) names.add('$');
      const sure = new Set(next.isCertain ? recipe.certain : []);
      follow(recipe.commands, folder, (text) => sure.has(text));
    }
    if (runs !== undefined) continue;
    commands.push(program);
    if (next.isCertain) certain.push(program);
    for (const name of tasks === undefined ? calledBy(program) : withTasksBefore(program, calledBy(program), tasks)) {
      if (names.has(name) && !read.has(name)) continue;
      read.delete(name);
      names.add(name);
      for (const one of [`pre${name}`, name, `post${name}`]) followScripts(one, scripts);
      if (tasks !== undefined && /^nx\s/.test(program)) followScripts(name, tasks.targets);
    }
  }
  return { commands, certain, names: [...names], read };
}

interface Waiting {
  readonly command: string;
  readonly folder: string | undefined;
  readonly isCertain: boolean;
}

const NO_RECIPES: Recipes = new Map();

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
  const isOpen = /(?:^|(?:^|\s)[^-\s]\S*\s+)(?:\$|\{\{)/.test(words);
  const named = words
    .split(/[\s,="']+/)
    .map((word) => word.replace(/^(?:npm|yarn|pnpm|bun):/, ''))
    .filter((word) => /^[\w@][\w@.:/*-]*$/.test(word))
    .slice(0, 20)
    .flatMap((word) => (/^[\w@/-]+:[\w-]+$/.test(word) ? [word, word.slice(word.indexOf(':') + 1)] : [word]));
  return isOpen ? [...named, '$'] : named;
}
