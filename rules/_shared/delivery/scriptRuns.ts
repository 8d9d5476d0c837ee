import { folderOf, resolvePath } from '../filePath.ts';
import { folderPattern, type WorkspacePackages } from '../project/workspacePackages.ts';
import { ALL, type Call, callsOf } from './commandCalls.ts';
import { programOf } from './scriptCalls.ts';

/** A script of a package, by the folder of the package. */
export interface ScriptRun {
  readonly folder: string;
  readonly name: string;
}

/** Longer commands are none that a person wrote. */
const MAX_COMMAND = 2000;

type Look = Pick<
  WorkspacePackages,
  'root' | 'scriptsOf' | 'nearest' | 'workspaceOf' | 'membersOf' | 'named' | 'nameOf'
> & {
  readonly exists: (path: string) => boolean;
};

/**
 * Scripts of the workspace that a command runs, with those that run before and behind them; none where it cannot be told
 * which. `folder` is where the command is run.
 */
export function scriptRuns(command: string, folder: string, packages: Look): readonly ScriptRun[] {
  const written = command.replace(/^[(\s]+|[)\s]+$/g, '');
  if (written.length > MAX_COMMAND) return [];
  return callsOf(programOf(written), folder, packages.root).flatMap((call) => runsOf(call, packages));
}

/** The folder after a command: another one behind `cd`, `undefined` where nobody can tell. */
export function folderAfter(command: string, folder: string | undefined): string | undefined {
  const [, path] = /^\(*\s*cd\s+(?:--\s+)?["']?([^\s"'&|;()]*)["']?$/.exec(command) ?? [];
  if (path === undefined) return /^\(*\s*(?:cd|pushd|popd)\b/.test(command) ? undefined : folder;
  return folder === undefined || path === '' || /[$~`*]|^-$|^\//.test(path) ? undefined : resolvePath(folder, path);
}

function runsOf({ names, folder, chosen, isTask, isInferred }: Call, packages: Look): readonly ScriptRun[] {
  const own = packages.nearest(folder);
  const isOwn = chosen === undefined || (isInferred && own !== packages.workspaceOf(folder));
  const homes = isOwn ? (own === undefined ? [] : [own]) : chosenOf(chosen, folder, packages);
  return homes.flatMap((home) => {
    if (isTask && packages.exists(`${home}/project.json`)) return [];
    const scripts = packages.scriptsOf(home) ?? {};
    const found = names.flatMap((name) => matchingNames(name, Object.keys(scripts)));
    // Since version 2 Yarn runs what was asked for and nothing around it.
    const isAround = !packages.exists(`${packages.root}/.yarnrc.yml`);
    return found
      .flatMap((name) => (isAround ? [`pre${name}`, name, `post${name}`] : [name]))
      .flatMap((name) => (scripts[name] === undefined ? [] : [{ folder: home, name }]));
  });
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
