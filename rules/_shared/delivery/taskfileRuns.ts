import { folderOf, resolvePath } from '../filePath.ts';
import { type PartRules, runsOfParts } from './recipeParts.ts';
import type { RecipeRun, Recipes } from './recipeRuns.ts';

/** In the order in which go-task looks for them. */
const TASKFILES = ['Taskfile', 'taskfile'].flatMap((name) =>
  ['.yml', '.yaml', '.dist.yml', '.dist.yaml'].map((ending) => name + ending),
);
/** Flags of go-task whose value is the next word. */
const TAKING = /^(?:-C|--concurrency|-o|--output|-I|--interval|--output-group-(?:begin|end)|--sort)$/;
/** With these it runs nothing, or what is not there. */
const NOTHING =
  /^(?:-[naliwgvh]|--(?:dry|list|list-all|summary|status|init|watch|global|version|help|json|completion\S*|remote\S*))$/;

const PARTS: PartRules = { separator: ':', fileAt, isAtHome: false };

/**
 * Tasks of a Taskfile that `task` runs, with those that they need; `undefined` where it cannot be told which.
 * @param words what stands behind `task`
 * @param from the folder it is called in
 */
export function taskfileRuns(
  words: readonly string[],
  from: string,
  recipes: Recipes,
): readonly RecipeRun[] | undefined {
  let folder: string | undefined;
  let file: string | undefined;
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, flag = word, given] = /^(--\w+)=(.*)$/.exec(word) ?? [];
    if (word === '--') break;
    if (flag === '-d' || flag === '--dir') folder = resolvePath(from, given ?? words[++at] ?? '');
    else if (flag === '-t' || flag === '--taskfile') file = resolvePath(from, given ?? words[++at] ?? '');
    else if (NOTHING.test(flag)) return undefined;
    else if (TAKING.test(word)) at++;
    else if (!word.startsWith('-') && !/^\w+=/.test(word)) names.push(word);
  }
  if ([folder ?? '', file ?? '', ...names].some((text) => /[$`*{]/.test(text))) return undefined;
  const path = file === undefined ? above(folder ?? from, recipes) : fileAt(file, recipes);
  return path === undefined ? undefined : runsOfParts(path, names, folder ?? folderOf(path), recipes, PARTS);
}

/** The nearest Taskfile in a folder or above it. */
function above(from: string, recipes: Recipes): string | undefined {
  for (let folder = from; folder !== ''; folder = folderOf(folder)) {
    const path = fileAt(folder, recipes);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** A Taskfile by its path, or by that of its folder. */
function fileAt(path: string, recipes: Recipes): string | undefined {
  return [path, ...TASKFILES.map((name) => `${path}/${name}`)].find((one) => recipes.get(one)?.kind === 'taskfile');
}
