import type { FileValue } from '#api';
import { folderOf } from '../filePath.ts';
import type { WorkspacePackages } from '../project/workspacePackages.ts';
import type { Task, TaskFile } from './taskFacet.ts';

/** A task of one package or project. */
export interface TaskRun {
  /** The folder of the package or project. */
  readonly folder: string;
  readonly name: string;
}

/** Tasks by the paths of the files that define them. */
export type Tasks = ReadonlyMap<string, TaskFile>;

type Look = Pick<WorkspacePackages, 'root' | 'named' | 'dependenciesOf'> & { readonly tasks: Tasks };

/** More than one command of a workspace runs. */
const MAX_RUNS = 2000;

/** Puts files in order by their paths. */
export function tasksByPath(files: Iterable<FileValue<TaskFile>>): Tasks {
  return new Map([...files].map(({ path, value }) => [path, value]));
}

/** Folders of Nx projects, by name where one is given. */
export function projectFolders(tasks: Tasks, name: string | undefined): readonly string[] {
  return [...tasks].flatMap(([path, file]) =>
    file.tool === 'project' && (name === undefined || file.name === name) ? [folderOf(path)] : [],
  );
}

/** A target of an Nx project, and where it is written. */
export interface Target extends Task {
  readonly path: string;
}

/** The target of an Nx project, where its project.json or package.json defines it. */
export function targetOf(tasks: Tasks, { folder, name }: TaskRun): Target | undefined {
  for (const path of [`${folder}/project.json`, `${folder}/package.json`]) {
    const file = tasks.get(path);
    const task = file?.tool === 'project' ? file.tasks[name] : undefined;
    // In a package.json it may only say more of a script.
    if (task !== undefined) return { ...task, path };
  }
  return undefined;
}

/** A script of a package that Wireit runs. */
export function wireitTask(tasks: Tasks, { folder, name }: TaskRun): Task | undefined {
  const file = tasks.get(`${folder}/package.json`);
  return file?.tool === 'wireit' ? file.tasks[name] : undefined;
}

/** Tasks with those that run before them, as turbo.json, nx.json and project.json say. */
export function withTasksBefore(first: readonly TaskRun[], tool: 'turbo' | 'nx', look: Look): readonly TaskRun[] {
  if (look.tasks.size === 0) return first;
  const found = new Map<string, TaskRun>();
  const waiting = [...first].reverse();
  for (let run = waiting.pop(); run !== undefined && found.size < MAX_RUNS; run = waiting.pop()) {
    const key = `${run.folder}\n${run.name}`;
    if (found.has(key)) continue;
    found.set(key, run);
    const written = (tool === 'turbo' ? turboTask(run, look) : nxTask(run, look))?.dependsOn ?? [];
    for (const one of written) waiting.push(...runsBefore(one, run, look));
  }
  return [...found.values()];
}

/** A package may say of its own tasks what the workspace says otherwise. */
function turboTask({ folder, name }: TaskRun, { root, tasks }: Look): Task | undefined {
  const own = folder === root ? undefined : fileAt(tasks, folder)?.tasks[name];
  const shared = fileAt(tasks, root)?.tasks;
  return own ?? (folder === root ? shared?.[`//#${name}`] : undefined) ?? shared?.[name];
}

function fileAt(tasks: Tasks, folder: string): TaskFile | undefined {
  return tasks.get(`${folder}/turbo.json`) ?? tasks.get(`${folder}/turbo.jsonc`);
}

function nxTask(run: TaskRun, { root, tasks }: Look): Task | undefined {
  const own = targetOf(tasks, run);
  return own !== undefined && own.dependsOn.length > 0 ? own : tasks.get(`${root}/nx.json`)?.tasks[run.name];
}

function runsBefore(written: string, { folder }: TaskRun, look: Look): readonly TaskRun[] {
  if (written.startsWith('$')) return [];
  if (written.startsWith('^')) {
    const name = written.slice(1);
    return look.dependenciesOf(folder).map((dependency) => ({ folder: dependency, name }));
  }
  const at = written.lastIndexOf('#');
  if (at < 0) return [{ folder, name: written }];
  const [owner, name] = [written.slice(0, at), written.slice(at + 1)];
  return (owner === '//' ? [look.root] : look.named(owner, look.root)).map((one) => ({ folder: one, name }));
}
