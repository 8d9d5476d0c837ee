import type { FileValue } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import { basePaths, isStrictPreset } from '../../_shared/project/tsconfigBases.ts';
import type { Flag, TestTypes } from './testTypesFacet.ts';

/** Every tsconfig of the workspace by path. */
export interface Tsconfigs extends ReadonlyMap<string, NonNullable<TestTypes['tsconfig']>> {
  /** What `extends` names in a file: a path of the workspace, or a published base that is known to be strict. */
  baseOf(from: string, base: string): string | undefined;
}

/** A compiler option that the tests run without although the code is written with it. */
export interface Lowered {
  readonly path: string;
  readonly flag: Flag;
  /** The tsconfig that has the option on. */
  readonly base: string;
}

const TEST_TSCONFIG =
  /(?:^|\/)(?:tsconfig[.-](?:[\w-]+\.)?(?:tests?|specs?|jest|e2e|unit|integration)(?:[.-][\w-]+)?\.json|(?:tests?|__tests__|e2e|specs?)\/tsconfig\.json)$/;

/** Finds the tsconfig files among the values. */
export function tsconfigsOf(values: readonly FileValue<TestTypes>[]): Tsconfigs {
  const found = new Map(values.flatMap(({ path, value }) => (value.tsconfig ? [[path, value.tsconfig]] : [])));
  const packages = new Map(
    values.flatMap(({ path, value }) => (value.package?.name ? [[value.package.name, folderOf(path)]] : [])),
  );
  return Object.assign(found, {
    baseOf: (from: string, base: string) =>
      basePaths(from, base, packages).find((path) => found.has(path)) ?? (isStrictPreset(base) ? base : undefined),
  });
}

/** Finds options that test configurations switch off and that hold for the code under test. */
export function loweredFlags(values: readonly FileValue<TestTypes>[]): readonly Lowered[] {
  const tsconfigs = tsconfigsOf(values);
  const packages = new Map(
    values.flatMap(({ path, value }) => (value.package ? [[folderOf(path), value.package]] : [])),
  );
  const named = new Set(
    values.flatMap(({ path, value }) => (value.jest?.tsconfigs ?? []).map((name) => resolve(folderOf(path), name))),
  );
  const inFiles = [...tsconfigs].flatMap(([path, { extends: bases, flags }]) => {
    const forTests = named.has(path) || (TEST_TSCONFIG.test(path) && (nearest(path, packages)?.usesJest ?? false));
    if (!forTests) return [];
    const inherited = bases.flatMap((base) => tsconfigs.baseOf(path, base) ?? []);
    const candidates = inherited.length > 0 ? inherited : nearestTsconfig(path, tsconfigs);
    return lowered(path, flags, candidates, tsconfigs);
  });
  const inJest = values.flatMap(({ path, value }) =>
    lowered(path, value.jest?.flags ?? [], nearestTsconfig(path, tsconfigs), tsconfigs),
  );
  return [...inFiles, ...inJest];
}

function lowered(path: string, flags: readonly Flag[], bases: readonly string[], tsconfigs: Tsconfigs): Lowered[] {
  return flags.flatMap((flag) => {
    if (flag.on) return [];
    const base = bases.find((candidate) => isOn(flag.name, candidate, tsconfigs));
    return base === undefined ? [] : [{ path, flag, base }];
  });
}

/** Whether an option holds in a tsconfig: set itself along the chain of `extends`, else by `strict`. */
function isOn(name: string, path: string, tsconfigs: Tsconfigs): boolean {
  return explicit(name, path, tsconfigs) ?? explicit('strict', path, tsconfigs) ?? false;
}

function explicit(name: string, path: string, tsconfigs: Tsconfigs, seen: readonly string[] = []): boolean | undefined {
  if (isStrictPreset(path)) return name === 'strict' ? true : undefined;
  const config = tsconfigs.get(path);
  if (config === undefined || seen.includes(path)) return undefined;
  const own = config.flags.find((flag) => flag.name === name);
  if (own !== undefined) return own.on;
  // Of several bases the last one wins.
  for (const base of config.extends.toReversed()) {
    const at = tsconfigs.baseOf(path, base);
    const inherited = at === undefined ? undefined : explicit(name, at, tsconfigs, [...seen, path]);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** The tsconfig.json that holds for the code beside or above a file. */
function nearestTsconfig(path: string, tsconfigs: Tsconfigs): readonly string[] {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const candidate = `${folder}/tsconfig.json`;
    if (candidate !== path && tsconfigs.has(candidate)) return [candidate];
  }
  return [];
}

/** What the innermost folder around a file has. */
function nearest<T>(path: string, folders: ReadonlyMap<string, T>): T | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const found = folders.get(folder);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A path as Jest and scripts write it; an ending is added where it is left out. */
export function resolve(folder: string, path: string): string {
  const relative = path.replace(/^<rootDir>\//, './');
  if (relative.startsWith('@') || relative.startsWith('/')) return relative;
  const segments = folder.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const joined = segments.join('/');
  return joined.endsWith('.json') ? joined : `${joined}.json`;
}
