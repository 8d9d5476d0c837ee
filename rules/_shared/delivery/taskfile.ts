import type { DataDocument, DataEntry, DataNode, DataObject, DataScalar } from '#api';
import { entryAt, keysOf, textAt, valueAt } from '../dataMembers.ts';
import { decidingCommands } from './deciding.ts';
import { type Recipe, type RecipeFile, type RecipePart, shellTexts } from './recipeFile.ts';
import { type Command, commandsIn } from './shell.ts';

/** A command of a task. */
export interface TaskfileCommand {
  readonly commands: readonly Command[];
  /** `ignore_error: true` beside it. */
  readonly ignored: DataEntry | undefined;
  /** Runs on some machines alone, under a condition, or when the task has ended. */
  readonly isConditional: boolean;
}

/** A task of a Taskfile. */
export interface TaskfileTask {
  readonly name: string;
  /** The offset where its name is written. */
  readonly start: number;
  readonly aliases: readonly string[];
  /** Tasks that run before it, or among its commands, with whose failure it fails. */
  readonly needs: readonly string[];
  /** Tasks among its commands whose failure is passed over. */
  readonly loose: readonly string[];
  readonly commands: readonly TaskfileCommand[];
  /** `ignore_error: true` of the whole task. */
  readonly ignored: DataEntry | undefined;
  readonly isConditional: boolean;
  readonly folder: string | undefined;
}

/** More than a person writes into one file. */
const MAX_TASKS = 500;
const MAX_ITEMS = 200;

/** Tasks of a Taskfile (go-task); `undefined` for any other file. */
export function taskfileTasks({ text, roots: [root] }: DataDocument): readonly TaskfileTask[] | undefined {
  const tasks = entryAt(root, 'tasks')?.value;
  const version = entryAt(root, 'version')?.value;
  if (tasks?.kind !== 'object' || version?.kind !== 'scalar' || !/^v?3/.test(String(version.value))) return undefined;
  return tasks.entries.slice(0, MAX_TASKS).map(({ key, keySpan, value }) => ({
    ...taskOf(text, value),
    name: key,
    start: keySpan.start,
  }));
}

function taskOf(text: string, node: DataNode | undefined): Omit<TaskfileTask, 'name' | 'start'> {
  const own = node?.kind === 'object' ? node : undefined;
  const cmds = own === undefined ? node : valueAt(own, 'cmds');
  const written = [...itemsOf(cmds), ...itemsOf(valueAt(own, 'cmd'))].map((item) => commandOf(text, item));
  const called = written.flatMap(({ task, ignored }) =>
    task === '' ? [] : [{ task, isLoose: ignored !== undefined }],
  );
  const deps = itemsOf(valueAt(own, 'deps')).flatMap((item) => nameIn(item) ?? []);
  return {
    aliases: itemsOf(valueAt(own, 'aliases')).flatMap((item) => nameIn(item) ?? []),
    needs: [...deps, ...called.flatMap(({ task, isLoose }) => (isLoose ? [] : [task]))],
    loose: called.flatMap(({ task, isLoose }) => (isLoose ? [task] : [])),
    commands: written,
    ignored: ignoresErrors(own),
    isConditional: ['status', 'platforms', 'if'].some((key) => entryAt(own, key) !== undefined),
    folder: textAt(own, 'dir'),
  };
}

/** One command, or the name of another task. */
function commandOf(text: string, node: DataNode): TaskfileCommand & { readonly task: string } {
  const own = node.kind === 'object' ? node : undefined;
  const deferred = valueAt(own, 'defer');
  const script = own === undefined ? node : valueAt(own, 'cmd');
  return {
    task: textAt(own, 'task') ?? '',
    commands: isText(script) ? commandsIn(text, script.span) : [],
    ignored: ignoresErrors(own),
    isConditional: deferred !== undefined || keysOf(own).some((key) => key === 'platforms' || key === 'if'),
  };
}

function ignoresErrors(node: DataObject | undefined): DataEntry | undefined {
  const entry = entryAt(node, 'ignore_error');
  return entry?.value?.kind === 'scalar' && entry.value.value === true && entry.merged !== true ? entry : undefined;
}

function nameIn(node: DataNode): string | undefined {
  return node.kind === 'scalar' ? String(node.value) : textAt(node, 'task');
}

/** A text that stands where it is read. */
function isText(node: DataNode | undefined): node is DataScalar {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.definition === undefined;
}

/** Items of a list, or the one that stands for it. */
function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  if (node?.kind === 'array') return node.items.slice(0, MAX_ITEMS);
  return node === undefined ? [] : [node];
}

/** The recipes of a Taskfile; `undefined` for any other file. */
export function taskfileRecipes(document: DataDocument): RecipeFile | undefined {
  const tasks = taskfileTasks(document);
  const parts = partsOf(entryAt(document.roots[0], 'includes')?.value);
  if (tasks === undefined) return undefined;
  return { kind: 'taskfile', recipes: tasks.map(recipeOf), goal: 'default', includes: [], parts };
}

function recipeOf(task: TaskfileTask): Recipe {
  const certain = task.isConditional ? [] : task.commands.filter(({ isConditional }) => !isConditional);
  const deciding = task.ignored === undefined ? certain.filter(({ ignored }) => ignored === undefined) : [];
  return {
    targets: [task.name, ...task.aliases],
    needs: task.needs,
    commands: [
      ...shellTexts(task.commands.map(({ commands }) => commands)),
      ...task.loose.map((name) => `task ${name}`),
    ],
    certain: shellTexts(certain.map(({ commands }) => commands)),
    // The shell of each command stops at the first failure.
    deciding: shellTexts(deciding.map(({ commands }) => decidingCommands(commands, true))),
    ...(task.folder !== undefined && { folder: task.folder }),
  };
}

function partsOf(node: DataNode | undefined): readonly RecipePart[] {
  if (node?.kind !== 'object') return [];
  return node.entries.slice(0, MAX_TASKS).flatMap(({ key, value }): readonly RecipePart[] => {
    const path = value?.kind === 'scalar' ? String(value.value) : textAt(value, 'taskfile');
    if (path === undefined) return [];
    const folder = textAt(value, 'dir');
    const flattened = valueAt(value, 'flatten');
    const isFlat = flattened?.kind === 'scalar' && flattened.value === true;
    return [{ name: isFlat ? '' : key, path, ...(folder !== undefined && { folder }) }];
  });
}
