import { type DataNode, type DataScalar, facet } from '#api';
import { entryAt, textAt, valueAt } from '../dataMembers.ts';

/** A task of Turborepo or Wireit, or a target of Nx. */
export interface Task {
  /** What runs before it, as written: `lint`, `^build`, `web#build`, `../web:build`. */
  readonly dependsOn: readonly string[];
  /** Commands of its own, where it is no script of a package. */
  readonly commands: readonly string[];
  /** Where they run, from the top of the workspace; `undefined` for the top itself. */
  readonly folder?: string;
}

/** Tasks that turbo.json, nx.json, project.json or a package.json (`nx`, `wireit`) defines, by their names. */
export interface TaskFile {
  readonly tool: 'turbo' | 'nx' | 'project' | 'wireit';
  /** What a project is called; empty elsewhere. */
  readonly name: string;
  readonly tasks: Readonly<Record<string, Task>>;
}

/** Tasks of Turborepo, Nx and Wireit: for a workspace, and for single projects. */
export const taskFacet = facet<never, TaskFile>({
  name: 'delivery/tasks',
  documents: {
    languages: ['json'],
    fold(document, { path }) {
      const [, file] = /\/(turbo\.jsonc?|nx\.json|project\.json|package\.json)$/.exec(path) ?? [];
      if (file === undefined || document.language !== 'json') return undefined;
      const [root] = document.roots;
      if (file === 'project.json') return tasksOf('project', textAt(root, 'name') ?? '', valueAt(root, 'targets'));
      if (file === 'package.json') return packageTasks(root);
      if (file === 'nx.json') return tasksOf('nx', '', valueAt(root, 'targetDefaults'));
      return tasksOf('turbo', '', valueAt(root, 'tasks') ?? valueAt(root, 'pipeline'));
    },
  },
});

/** What a package.json says of its scripts to a tool that runs them. */
function packageTasks(root: DataNode | undefined): TaskFile | undefined {
  const targets = tasksOf('project', textAt(root, 'nx', 'name') ?? '', valueAt(root, 'nx', 'targets'));
  return targets ?? tasksOf('wireit', '', valueAt(root, 'wireit'));
}

/** More than a person defines. */
const MAX_TASKS = 300;

function tasksOf(tool: TaskFile['tool'], name: string, node: DataNode | undefined): TaskFile | undefined {
  if (node?.kind !== 'object' || node.entries.length === 0) return undefined;
  const tasks = node.entries.slice(0, MAX_TASKS).map(({ key, value }) => [key, taskOf(value)] as const);
  return { tool, name, tasks: Object.fromEntries(tasks) };
}

function taskOf(node: DataNode | undefined): Task {
  const folder = textAt(node, 'options', 'cwd');
  return {
    dependsOn: itemsOf(valueAt(node, 'dependsOn') ?? valueAt(node, 'dependencies')).flatMap(
      (item) => dependency(item) ?? [],
    ),
    commands: taskCommands(node).map((command) => String(command.value)),
    ...(folder !== undefined && { folder }),
  };
}

function dependency(node: DataNode): string | undefined {
  if (node.kind === 'scalar') return String(node.value);
  const target = textAt(node, 'target') ?? textAt(node, 'script');
  // With `projects` it is about others, which are named there in many ways.
  if (target === undefined || entryAt(node, 'projects') !== undefined) return undefined;
  return valueAt(node, 'dependencies') === undefined ? target : `^${target}`;
}

/** The texts of a target's commands, where they are written: `command`, `options.command`, `options.commands`. */
export function taskCommands(target: DataNode | undefined): readonly DataScalar[] {
  const executor = textAt(target, 'executor') ?? '';
  if (executor !== '' && !/:run-commands$/.test(executor)) return [];
  const options = valueAt(target, 'options');
  const listed = itemsOf(valueAt(options, 'commands')).map((item) =>
    item.kind === 'object' ? valueAt(item, 'command') : item,
  );
  return [valueAt(target, 'command'), valueAt(options, 'command'), ...listed].flatMap((node) =>
    node?.kind === 'scalar' && typeof node.value === 'string' ? [node] : [],
  );
}

/** Items of a list; none where there is none. */
function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === 'array' ? node.items : [];
}
