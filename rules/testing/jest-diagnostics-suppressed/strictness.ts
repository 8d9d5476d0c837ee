import type { FileValue } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import type { Flag, TestTypes } from './testTypesFacet.ts';

/** Every tsconfig of the workspace by path. */
export type Tsconfigs = ReadonlyMap<string, NonNullable<TestTypes['tsconfig']>>;

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
  return new Map(values.flatMap(({ path, value }) => (value.tsconfig ? [[path, value.tsconfig]] : [])));
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
    const inherited = bases
      .map((base) => resolve(folderOf(path), base))
      .filter((base) => tsconfigs.has(base) || isStrictPreset(base));
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
    const inherited = explicit(name, resolve(folderOf(path), base), tsconfigs, [...seen, path]);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** The bases of the tsconfig/bases project all set `strict`. */
function isStrictPreset(path: string): boolean {
  return /^@tsconfig\/(?:node|strictest|recommended)/.test(path);
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

/** A path as `extends` and Jest write it; packages stay as they are, an ending is added where it is left out. */
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
