import { folderOf, resolvePath } from '../filePath.ts';
import { folderPattern, type WorkspacePackages } from '../project/workspacePackages.ts';
import { ALL, type Call } from './call.ts';
import { callsOf } from './commandCalls.ts';
import { decidingCommands } from './deciding.ts';
import { programOf } from './program.ts';
import { commandsOf } from './shell.ts';
import { projectFolders, type Tasks, targetOf, wireitTask, withTasksBefore } from './taskRuns.ts';

/** A script of a package, or a target of an Nx project. */
export interface ScriptRun {
  /** Where it runs. */
  readonly folder: string;
  readonly name: string;
  /** The package.json or project.json that it is written in. */
  readonly path: string;
  /** Commands with whose failure it fails, and `cd` between them. */
  readonly deciding: readonly string[];
}

/** Longer commands are none that a person wrote. */
const MAX_COMMAND = 2000;

type Look = Pick<
  WorkspacePackages,
  'root' | 'scriptsOf' | 'nearest' | 'workspaceOf' | 'membersOf' | 'named' | 'nameOf' | 'dependenciesOf'
> & {
  readonly exists: (path: string) => boolean;
  /** Tasks of Turborepo and Nx; without them only scripts of packages are found. */
  readonly tasks?: Tasks;
};

const NO_TASKS: Tasks = new Map();

/**
 * Scripts of the workspace that a command runs, with those that run before and behind them; none where it cannot be told
 * which. `folder` is where the command is run.
 */
export function scriptRuns(command: string, folder: string, packages: Look): readonly ScriptRun[] {
  const written = command.replace(/^[(\s]+|[)\s]+$/g, '');
  if (written.length > MAX_COMMAND) return [];
  return callsOf(programOf(written), folder, packages.root).flatMap((call) => runsOf(call, packages));
}

function runsOf({ names, folder, chosen, tool, isInferred }: Call, packages: Look): readonly ScriptRun[] {
  const own = packages.nearest(folder);
  const isOwn = chosen === undefined || (isInferred && own !== packages.workspaceOf(folder));
  const homes = isOwn ? (own === undefined ? [] : [own]) : chosenOf(chosen, folder, packages);
  if (tool === undefined || tool === 'lerna') {
    return homes.flatMap((home) => names.flatMap((name) => scriptsNamed(home, name, tool !== undefined, packages)));
  }
  const projects = tool !== 'nx' || isOwn ? [] : projectsOf(chosen, packages);
  const asked = [...new Set([...homes, ...projects])].flatMap((home) => names.map((name) => ({ folder: home, name })));
  const { tasks = NO_TASKS } = packages;
  return withTasksBefore(asked, tool, { ...packages, tasks }).flatMap((run) => {
    const target = tool === 'nx' ? targetOf(tasks, run) : undefined;
    if (target === undefined || (target.commands.length === 0 && target.path.endsWith('/package.json'))) {
      return scriptsNamed(run.folder, run.name, tool === 'nx', packages);
    }
    const at = resolvePath(packages.root, target.folder ?? '');
    return [{ folder: at, name: run.name, path: target.path, deciding: target.commands.flatMap(decidingIn) }];
  });
}

function decidingIn(body: string): readonly string[] {
  return decidingCommands(commandsOf(body), false).map(({ text }) => text);
}

/** Folders of the Nx projects that are chosen: all, or those of a name. */
function projectsOf(chosen: readonly string[], { tasks = NO_TASKS }: Look): readonly string[] {
  const left = new Set(chosen.flatMap((one) => (one.startsWith('!') ? projectFolders(tasks, one.slice(1)) : [])));
  const found = chosen
    .filter((one) => !one.startsWith('!'))
    .flatMap((one) => projectFolders(tasks, one === '*' ? undefined : one));
  return found.filter((folder) => !left.has(folder));
}

/** @param isTask whether a package may define it elsewhere than in its scripts */
function scriptsNamed(home: string, name: string, isTask: boolean, packages: Look): readonly ScriptRun[] {
  if (isTask && packages.exists(`${home}/project.json`)) return [];
  const scripts = packages.scriptsOf(home) ?? {};
  // Since version 2 Yarn runs what was asked for and nothing around it.
  const isAround = !packages.exists(`${packages.root}/.yarnrc.yml`);
  return matchingNames(name, Object.keys(scripts))
    .flatMap((one) => (isAround ? [`pre${one}`, one, `post${one}`] : [one]))
    .flatMap((one) => {
      const body = scripts[one];
      if (body === undefined) return [];
      if (/^wireit(?:\s|$)/.test(body)) return wireitRuns(home, one, packages);
      return [{ folder: home, name: one, path: `${home}/package.json`, deciding: decidingIn(body) }];
    });
}

/** More scripts than depend on one another. */
const MAX_WIREIT = 500;

/** A script that Wireit runs, with those that it runs before. */
function wireitRuns(home: string, name: string, { tasks = NO_TASKS, scriptsOf }: Look): readonly ScriptRun[] {
  const found = new Map<string, ScriptRun>();
  const waiting = [{ folder: home, name }];
  for (let next = waiting.pop(); next !== undefined && found.size < MAX_WIREIT; next = waiting.pop()) {
    const { folder, name: script } = next;
    const key = `${folder}\n${script}`;
    const body = scriptsOf(folder)?.[script];
    if (found.has(key) || body === undefined) continue;
    const task = wireitTask(tasks, next);
    const commands = /^wireit(?:\s|$)/.test(body) ? (task?.commands ?? []) : [body];
    const path = `${folder}/package.json`;
    found.set(key, { folder, name: script, path, deciding: commands.flatMap(decidingIn) });
    for (const one of commands === task?.commands ? task.dependsOn : []) {
      const [, at, other = one] = /^(\.[^:]*):(.+)$/.exec(one) ?? [];
      waiting.push({ folder: at === undefined ? folder : resolvePath(folder, at), name: other });
    }
  }
  return [...found.values()];
}

/** `test:*` stands for all with one more part, `test:**` for all that begin so. */
function matchingNames(name: string, known: readonly string[]): readonly string[] {
  if (!name.includes('*')) return known.filter((one) => one === name);
  if (name.length > 100 || (name.match(/\*+/g)?.length ?? 0) > 3) return [];
  const source = name
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, (stars) => (stars === '*' ? '[^:]*' : '.*'));
  const pattern = new RegExp(`^${source}$`);
  return known.filter((one) => pattern.test(one));
}

function chosenOf(chosen: readonly string[], folder: string, packages: Look): readonly string[] {
  const home = packages.workspaceOf(folder);
  const members = home === undefined ? [] : packages.membersOf(home);
  const positive = chosen.filter((one) => !one.startsWith('!'));
  const negative = chosen.flatMap((one) => (one.startsWith('!') ? [one.slice(1)] : []));
  const found = new Set(
    (positive.length === 0 ? ALL : positive).flatMap((one) => selected(one, folder, members, packages)),
  );
  for (const one of negative.flatMap((each) => selected(each, folder, members, packages))) found.delete(one);
  return [...found];
}

/** Packages that a filter takes in, those left out that depend on them or that they depend on. */
function selected(filter: string, folder: string, members: readonly string[], packages: Look): readonly string[] {
  const plain = filter.replace(/\[[^\]]*\]/, '').replace(/^\.\.\.\^?|\^?\.\.\.$/g, '');
  if (plain === '*' || (plain === '' && filter !== '')) return members;
  const path = /^\{(.*)\}$/.exec(plain)?.[1] ?? (/^\.{1,2}(?:\/|$)/.test(plain) ? plain : undefined);
  if (path !== undefined) {
    const [fixed = ''] = path.split('*');
    if (!path.includes('*')) {
      const at = resolvePath(folder, path);
      return members.filter((member) => member === at || member.startsWith(`${at}/`));
    }
    const from = resolvePath(folder, folderOf(`/${fixed}`).slice(1) || '.');
    const pattern = folderPattern(path.slice(folderOf(`/${fixed}`).length));
    return members.filter((member) => member.startsWith(`${from}/`) && pattern.test(member.slice(from.length + 1)));
  }
  if (!plain.includes('*')) {
    const named = packages.named(plain, folder);
    // The scope may be left out.
    return named.length > 0 ? named : members.filter((one) => packages.nameOf(one).endsWith(`/${plain}`));
  }
  const pattern = folderPattern(plain);
  return members.filter((member) => pattern.test(packages.nameOf(member)));
}
