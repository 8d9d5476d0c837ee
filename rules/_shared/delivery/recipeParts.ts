import { folderOf, resolvePath } from '../filePath.ts';
import type { Recipe, RecipeFile } from './recipeFile.ts';
import type { RecipeRun, Recipes } from './recipeRuns.ts';

/** How a tool finds what a file calls from other files. */
export interface PartRules {
  /** Stands between the name of a part and that of a recipe in it. */
  readonly separator: ':' | '::';
  /** The file that a path as written in another file leads to. */
  fileAt(path: string, recipes: Recipes): string | undefined;
  /** Whether the recipes of a part run in its own folder. */
  readonly isAtHome: boolean;
}

/** More files than include one another. */
const MAX_DEPTH = 10;
/** More than one command runs. */
const MAX_RUNS = 500;

/** A recipe by the full name that it has in the file that is called. */
interface Known {
  readonly run: RecipeRun;
  readonly fullName: string;
  /** What stands before the names of its file: `docs:`. */
  readonly prefix: string;
}

/**
 * Recipes of a file with all that they need; `undefined` where one of them is nowhere.
 * @param names what is asked for; none for what the file does by itself
 * @param folder where its recipes run
 */
export function runsOfParts(
  path: string,
  names: readonly string[],
  folder: string,
  recipes: Recipes,
  rules: PartRules,
): readonly RecipeRun[] | undefined {
  const known = knownIn(path, folder, recipes, rules);
  const goal = recipes.get(path)?.goal ?? '';
  const found = new Map<string, RecipeRun>();
  const waiting = names.length === 0 ? [goal] : [...names].reverse();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    // A part is called by its name for what it does by itself.
    const one = known.get(name) ?? known.get(`${name}${rules.separator}default`);
    if (one === undefined || found.size > MAX_RUNS) return undefined;
    if (found.has(one.fullName)) continue;
    found.set(one.fullName, one.run);
    waiting.push(...one.run.recipe.needs.map((need) => (need.startsWith(':') ? need.slice(1) : one.prefix + need)));
  }
  return [...found.values()];
}

/** All recipes that can be called through a file, by their full names. */
function knownIn(path: string, folder: string, recipes: Recipes, rules: PartRules): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const visit = (at: string, file: RecipeFile, home: string, prefix: string, depth: number): void => {
    for (const recipe of file.recipes) {
      const [name = ''] = recipe.targets;
      const one = { run: runOf(at, name, recipe, home), fullName: prefix + name, prefix };
      for (const target of recipe.targets) if (!known.has(prefix + target)) known.set(prefix + target, one);
    }
    for (const part of depth < MAX_DEPTH ? (file.parts ?? []) : []) {
      const partAt = rules.fileAt(resolvePath(folderOf(at), part.path), recipes);
      const partFile = partAt === undefined ? undefined : recipes.get(partAt);
      if (partAt === undefined || partFile === undefined) continue;
      const inside = rules.isAtHome && part.name !== '' ? folderOf(partAt) : home;
      const partHome = part.folder === undefined ? inside : resolvePath(folderOf(at), part.folder);
      const isFlat = part.name === '';
      visit(partAt, partFile, partHome, isFlat ? prefix : `${prefix}${part.name}${rules.separator}`, depth + 1);
    }
  };
  const file = recipes.get(path);
  if (file !== undefined) visit(path, file, folder, '', 0);
  return known;
}

function runOf(path: string, name: string, recipe: Recipe, home: string): RecipeRun {
  const { folder } = recipe;
  if (folder === undefined) return { path, name, folder: home, recipe };
  // Where it cannot be told where the commands run, they are not followed by what they decide.
  if (/[${~]|^\//.test(folder)) return { path, name, folder: home, recipe: { ...recipe, deciding: [] } };
  return { path, name, folder: resolvePath(home, folder), recipe };
}
