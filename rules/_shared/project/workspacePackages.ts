import type { ProjectContext } from '#api';
import { folderOf, resolvePath } from '../filePath.ts';
import { packageFacet } from './packageFacet.ts';
import { scriptsFacet } from './scriptsFacet.ts';
import { workspaceFacet } from './workspaceFacet.ts';

/** Packages of the workspace by their folders, which are absolute. */
export interface WorkspacePackages {
  readonly root: string;
  /** Scripts of the package in a folder; `undefined` where there is no package. */
  scriptsOf(folder: string): Readonly<Record<string, string>> | undefined;
  /** The folder of the nearest package at or above a folder. */
  nearest(folder: string): string | undefined;
  /** The folder around the members that a folder belongs to, or its own. */
  workspaceOf(folder: string): string | undefined;
  /** Folders of the members of the workspace at a folder. */
  membersOf(folder: string): readonly string[];
  /** Folders of packages that have a name, or whose path from a folder it is. */
  named(name: string, from: string): readonly string[];
  nameOf(folder: string): string;
  /** Folders of packages of the workspace that the one in a folder depends on. */
  dependenciesOf(folder: string): readonly string[];
}

const NO_SCRIPTS: Readonly<Record<string, string>> = {};

/** The check has to list `packageFacet`, `scriptsFacet` and `workspaceFacet`. */
export function workspacePackages({
  all,
  root,
}: Pick<ProjectContext<string, unknown>, 'all' | 'root'>): WorkspacePackages {
  const names = new Map([...all(packageFacet)].map(({ path, value }) => [folderOf(path), value.name ?? '']));
  const dependencies = new Map([...all(packageFacet)].map(({ path, value }) => [folderOf(path), value.dependencies]));
  const byName = new Map([...names].map(([folder, name]) => [name, folder]));
  const scripts = new Map([...all(scriptsFacet)].map(({ path, value }) => [folderOf(path), value.scripts]));
  const patterns = new Map<string, string[]>();
  for (const { path, value } of all(workspaceFacet)) {
    patterns.set(folderOf(path), [...(patterns.get(folderOf(path)) ?? []), ...value]);
  }
  const members = new Map<string, readonly string[]>();
  const upwards = (folder: string, holds: (folder: string) => boolean): string | undefined => {
    for (let at = folder; `${at}/`.startsWith(`${root}/`); at = folderOf(at)) if (holds(at)) return at;
    return undefined;
  };
  return {
    root,
    scriptsOf: (folder) => scripts.get(folder) ?? (names.has(folder) ? NO_SCRIPTS : undefined),
    nearest: (folder) => upwards(folder, (at) => names.has(at)),
    workspaceOf: (folder) => upwards(folder, (at) => patterns.has(at)),
    membersOf: (folder) => {
      const known = members.get(folder) ?? matching([...names.keys()], folder, patterns.get(folder) ?? []);
      members.set(folder, known);
      return known;
    },
    named: (name, from) => {
      const path = resolvePath(from, name);
      return [...names].flatMap(([folder, own]) => (own === name || folder === path ? [folder] : []));
    },
    nameOf: (folder) => names.get(folder) ?? '',
    dependenciesOf: (folder) => (dependencies.get(folder) ?? []).flatMap((name) => byName.get(name) ?? []),
  };
}

function matching(folders: readonly string[], from: string, patterns: readonly string[]): readonly string[] {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map((pattern) => folderPattern(pattern));
  const unwanted = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [folderPattern(pattern.slice(1))] : []));
  return folders.filter((folder) => {
    if (!folder.startsWith(`${from}/`) || folder.includes('/node_modules/')) return false;
    const path = folder.slice(from.length + 1);
    return wanted.some((one) => one.test(path)) && !unwanted.some((one) => one.test(path));
  });
}

/** Wildcards of a pattern that are looked at; nobody writes more. */
const MAX_WILDCARDS = 6;
const NOTHING = /(?!)/;

/** A pattern of folders, or of names of packages: `packages/*`, `apps/**`, `{apps,libs}/*`. */
export function folderPattern(pattern: string): RegExp {
  const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  if ((plain.match(/[*{]+/g)?.length ?? 0) > MAX_WILDCARDS || plain.length > 200) return NOTHING;
  const source = plain
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\?/g, '[^/]')
    .replace(/\*\*\/|\*+/g, (stars) => (stars === '**/' ? '(?:[^/]+/)*' : stars === '*' ? '[^/]*' : '.*'))
    .replace(/\{([^{}]*)\}/g, (_, inner: string) => `(?:${inner.split(',').join('|')})`);
  return /[{}]/.test(source) ? NOTHING : new RegExp(`^${source}$`);
}
