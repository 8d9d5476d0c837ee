import type { FileValue } from '#api';
import { resolvePath } from '../filePath.ts';
import { programOf } from './program.ts';
import type { Recipe, RecipeFile } from './recipeFile.ts';
import { taskfileRuns } from './taskfileRuns.ts';

/** A recipe that a command runs. */
export interface RecipeRun {
  /** The Makefile, the Taskfile or the script. */
  readonly path: string;
  /** The target; empty for a script. */
  readonly name: string;
  /** Where its commands are run. */
  readonly folder: string;
  readonly recipe: Recipe;
}

/** Makefiles, Taskfiles and shell scripts by their paths. */
export type Recipes = ReadonlyMap<string, RecipeFile>;

/** Puts files in order by their paths. */
export function recipesByPath(files: Iterable<FileValue<RecipeFile>>): Recipes {
  return new Map([...files].map(({ path, value }) => [path, value]));
}

/** Longer commands are none that a person wrote. */
const MAX_COMMAND = 2000;
/** As make looks for them. */
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];
const MAX_INCLUDES = 20;

/**
 * The recipes that a command runs, with those that are made before; `undefined` where it runs none, or where it cannot be
 * told which. `folder` is where it is called.
 */
export function recipeRuns(command: string, folder: string, recipes: Recipes): readonly RecipeRun[] | undefined {
  if (recipes.size === 0) return undefined;
  const written = command.replace(/^[({\s]+|[)\s]+$/g, '');
  if (written.length > MAX_COMMAND) return undefined;
  const [program = '', ...rest] = programOf(written)
    .split(' ')
    .map((word) => word.replace(/^["']|["']$/g, ''));
  if (/^g?make$/.test(program)) return makeRuns(rest, folder, recipes);
  if (/^(?:go-task|task|@go-task\/cli)$/.test(program)) return taskfileRuns(rest, folder, recipes);
  return scriptRun(program, rest, folder, recipes);
}

/** `bash ci.sh`, `./ci.sh`, `scripts/ci.sh --all`. */
function scriptRun(
  program: string,
  words: readonly string[],
  folder: string,
  recipes: Recipes,
): readonly RecipeRun[] | undefined {
  const isShell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z)?sh$/.test(program);
  const flags = isShell ? words.findIndex((word) => !word.startsWith('-')) : 0;
  // What `-e` and `-c` make of it is another thing than what is written in it.
  if (flags < 0 || words.slice(0, flags).some((word) => !/^-[xuvl]+$/.test(word))) return undefined;
  const script = (isShell ? words[flags] : program) ?? '';
  const local = script.replace(
    /^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{\{github\.workspace\}\}|\$\(pwd\)|\$\{?PWD\}?)\//,
    './',
  );
  if (local === '' || /[$`*~]|^\//.test(local) || (!isShell && !local.includes('/'))) return undefined;
  const path = resolvePath(folder, local);
  const file = recipes.get(path);
  const recipe = file?.kind === 'shell' ? file.recipes[0] : undefined;
  return recipe === undefined ? undefined : [{ path, name: '', folder, recipe }];
}

function makeRuns(words: readonly string[], from: string, recipes: Recipes): readonly RecipeRun[] | undefined {
  let folder = from;
  let file: string | undefined;
  const targets: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (/^(?:-C|--directory|-f|--file|--makefile)$/.test(word)) {
      const value = words[++at] ?? '';
      if (word === '-C' || word === '--directory') folder = resolvePath(folder, value);
      else file = value;
    } else if (/^--(?:directory|file|makefile)=/.test(word)) {
      const value = word.slice(word.indexOf('=') + 1);
      if (word.startsWith('--directory')) folder = resolvePath(folder, value);
      else file = value;
    } else if (/^(?:-[jl]|--(?:jobs|load-average))$/.test(word) && /^\d/.test(words[at + 1] ?? '')) at++;
    // What is only printed, and what nobody has to wait for.
    else if (/^(?:-[a-zA-Z]*[ntqi][a-zA-Z]*|--(?:dry-run|just-print|touch|question|ignore-errors))$/.test(word))
      return undefined;
    else if (!word.startsWith('-') && !/^\w+[:?+]?=/.test(word)) targets.push(word);
  }
  if ([folder, file ?? '', ...targets].some((text) => /[$`*]/.test(text))) return undefined;
  const path = (file === undefined ? MAKEFILES : [file])
    .map((name) => resolvePath(folder, name))
    .find((one) => recipes.get(one)?.kind === 'makefile');
  return path === undefined ? undefined : targetRuns(path, targets, folder, recipes);
}

/** Targets with all that is made before them; `undefined` where one of those that are asked for is nowhere. */
function targetRuns(
  path: string,
  targets: readonly string[],
  folder: string,
  recipes: Recipes,
): readonly RecipeRun[] | undefined {
  const files = withIncludes(path, folder, recipes);
  const goal = files?.[0]?.file.goal ?? '';
  if (files === undefined) return undefined;
  const found: RecipeRun[] = [];
  const seen = new Set<string>();
  const waiting = targets.length === 0 ? [goal] : [...targets];
  const asked = new Set(waiting);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const own = files.flatMap(({ path: at, file }) =>
      file.recipes.flatMap((recipe) => (recipe.targets.includes(name) ? [{ path: at, name, folder, recipe }] : [])),
    );
    // A file that is there, or one that a pattern makes: nothing that checks.
    if (own.length === 0 && asked.has(name)) return undefined;
    found.push(...own);
    waiting.push(...own.flatMap(({ recipe }) => recipe.needs));
  }
  return found;
}

/** A Makefile with those that it reads in; `undefined` where one of them cannot be told. */
function withIncludes(
  path: string,
  folder: string,
  recipes: Recipes,
): readonly { readonly path: string; readonly file: RecipeFile }[] | undefined {
  const found = new Map<string, RecipeFile>();
  const waiting = [path];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (found.has(at)) continue;
    const file = recipes.get(at);
    if (file === undefined || found.size > MAX_INCLUDES) return undefined;
    found.set(at, file);
    for (const include of file.includes) {
      // Settings of a machine are no rules.
      if (/(?:^|\/)\.env(?:\.\w+)?$/.test(include)) continue;
      if (/[$*?]/.test(include)) return undefined;
      waiting.push(resolvePath(folder, include));
    }
  }
  return [...found].map(([at, file]) => ({ path: at, file }));
}
