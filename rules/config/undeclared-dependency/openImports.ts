import type { Anchor, ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { BESIDE_PROGRAM, FOLDERS, inFolders, isOutsideService } from '../../_shared/places.ts';
import { importFacet } from '../../_shared/project/importFacet.ts';
import { packageFacet } from '../../_shared/project/packageFacet.ts';
import type { PackageFacts } from '../../_shared/project/packageFacts.ts';
import { packageOf } from '../../_shared/project/specifiers.ts';
import { aliasFacet, isAliased } from './aliasFacet.ts';
import { isProvided, isTool, runsAsInstalled } from './packages.ts';

type View = Pick<ProjectContext<string, unknown>, 'root' | 'all' | 'resolveImport' | 'exists'>;

/** A package that a package of the workspace imports without listing it, and all places where it does. */
export interface OpenImport {
  readonly name: string;
  readonly message: 'undeclared' | 'development';
  readonly places: readonly Place[];
}

interface Place {
  readonly path: string;
  readonly anchor: Anchor;
  /** Loaded by a call inside of a function. */
  readonly isLazy?: true;
}

/** Folders with code that is read, copied or run for itself. */
const ASIDE = inFolders(...BESIDE_PROGRAM, FOLDERS.vendored, FOLDERS.assets, 'website|codemods?|snippets|schematics');

/** Files for one occasion. */
const TASK =
  /\/(?:generate|codegen|build|release|seed|migrat|bench|setup|dev|watch|docs?|swagger)[\w-]*(?:\.[\w-]+)*\.[cm]?[jt]s$/i;

/** Folders that names of modules may begin at, by the settings of some tool. */
const BASES = ['', '/src', '/app', '/lib', '/source', '/client', '/server', '/types', '/@types', '/typings'];

/** Files that a program begins with, by their names. */
const ENTRY = /\/(?:main|index|server|app|start|www|cli|worker|bootstrap)\.[cm]?[jt]s$/i;

/** The package.json that speaks for a file. */
interface Home {
  readonly folder: string;
  readonly facts: PackageFacts;
}

/** Packages that nobody lists, or lists for development alone, and that production code imports: once for each package.json. */
export function openImports(ctx: View, ignored: ReadonlySet<string>): readonly OpenImport[] {
  const packages = new Map([...ctx.all(packageFacet)].map(({ path, value }) => [folderOf(path), value]));
  const members = new Set([...packages.values()].map(({ name }) => name));
  const aliases = new Set([...ctx.all(aliasFacet)].flatMap(({ value }) => value));
  const imported = once(() => importedFiles(ctx));
  const isShipped = (path: string, { folder, facts }: Home) =>
    runsAsInstalled(facts) &&
    !TASK.test(path) &&
    !facts.tools.includes(path.slice(folder.length + 1)) &&
    (ENTRY.test(path.slice(folder.length)) || imported().has(path));
  const found = new Map<string, OpenImport & { readonly places: Place[] }>();
  /** Packages that a package asks for before it loads them, `try { require('x') } catch { … }`, by folder and name. */
  const asked = new Set<string>();

  for (const { path, value, isTest } of ctx.all(importFacet)) {
    if (isTest || value.others.length === 0 || isAside(path, ctx.root)) continue;
    const home = nearest(path, packages);
    if (home === undefined || isOfDeno(home.folder, ctx)) continue;
    for (const { to, at, isOptional, isProbe, isLazy, listed } of value.others) {
      const name = packageOf(to);
      if (name === undefined || listed === 'workspace') continue;
      if (isProbe) asked.add(`${home.folder}\n${name}`);
      if (isOptional || ignored.has(name) || members.has(name)) continue;
      const isForDevelopment = listed === 'development';
      const isOpen = isForDevelopment
        ? home.facts.forDevelopment.includes(name) && !isTool(name) && isShipped(path, home)
        : !isProvided(name, home.facts) && !isAliased(to, aliases) && !isFolder(to, path, ctx);
      if (!isOpen) continue;
      const key = `${home.folder}\n${name}`;
      const message = isForDevelopment ? 'development' : 'undeclared';
      const known = found.get(key) ?? { name, message, places: [] };
      known.places.push({ path, anchor: at, ...(isLazy && { isLazy }) });
      found.set(key, known);
    }
  }
  // Whoever wants what needs the package installs it as well: the program says so where it asks.
  return [...found].flatMap(([key, one]) => {
    const places = asked.has(key) ? one.places.filter((place) => place.isLazy !== true) : one.places;
    return places.length === 0 ? [] : [{ ...one, places }];
  });
}

function isAside(path: string, root: string): boolean {
  const local = path.slice(root.length);
  return isOutsideService(local) || ASIDE.test(local);
}

/** Files that production code imports; others are entries, or tasks that people run. */
function importedFiles({ all, resolveImport }: View): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { path, value, isTest } of all(importFacet)) {
    if (isTest) continue;
    for (const { to } of [...value.local, ...value.others]) {
      const target = resolveImport(path, to);
      if (target !== undefined) files.add(target);
    }
  }
  return files;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The nearest package.json that says anything about dependencies; others tell Node how to read a folder. */
function nearest(path: string, packages: ReadonlyMap<string, PackageFacts>): Home | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const facts = packages.get(folder);
    if (facts !== undefined && facts.dependencies.length > 0) return { folder, facts };
  }
  return undefined;
}

/** Deno takes packages from URLs and import maps. */
function isOfDeno(folder: string, { exists, root }: View): boolean {
  return [folder, root].some((one) => exists(`${one}/deno.json`) || exists(`${one}/deno.jsonc`));
}

/** Whether a name leads to a file of the project by the settings of a compiler or bundler, read or guessed. */
function isFolder(specifier: string, path: string, { resolveImport, exists, root }: View): boolean {
  if (resolveImport(path, specifier) !== undefined) return true;
  const [first = ''] = specifier.replace(/^@/, '').split('/');
  for (let folder = folderOf(path); folder.length >= root.length; folder = folderOf(folder)) {
    if (
      BASES.some((base) => ['', '.ts', '.js', '.d.ts', '.tsx'].some((end) => exists(`${folder}${base}/${first}${end}`)))
    )
      return true;
  }
  return false;
}
