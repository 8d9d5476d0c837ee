import type { FileValue } from '#api';
import { folderOf } from '../../_shared/filePath.ts';
import type { CoverageFacts } from './coverageFacet.ts';
import type { PlacedConfig } from './held.ts';

/** A package with what runs its tests. */
export interface TestedPackage {
  readonly folder: string;
  /** Path of its package.json. */
  readonly path: string;
  readonly facts: NonNullable<CoverageFacts['package']>;
  readonly configs: readonly PlacedConfig[];
  readonly hasTests: boolean;
  /** The package of an outer folder with a runner of its own. */
  readonly outer: TestedPackage | undefined;
}

/** Puts files together by the package they belong to, outer ones first. */
export function testedPackages(
  values: readonly FileValue<CoverageFacts>[],
  tests: Iterable<FileValue<true>>,
): readonly TestedPackage[] {
  const folders = new Set(values.flatMap(({ path, value }) => (value.package ? [folderOf(path)] : [])));
  const configs = new Map<string, PlacedConfig[]>();
  const tested = new Set<string>();
  for (const { path, value } of values) {
    for (const config of value.configs ?? []) {
      const [home] = foldersAround(path, folders);
      if (home !== undefined) configs.set(home, [...(configs.get(home) ?? []), { ...config, path }]);
    }
  }
  for (const { path } of tests) for (const folder of foldersAround(path, folders)) tested.add(folder);
  const packages = new Map<string, TestedPackage>();
  for (const { path, value } of values.toSorted((a, b) => a.path.length - b.path.length)) {
    if (value.package === undefined) continue;
    const folder = folderOf(path);
    const outer = foldersAround(folder, folders)
      .map((around) => packages.get(around))
      .find((around) => around !== undefined && runsTests(around));
    packages.set(folder, {
      folder,
      path,
      facts: value.package,
      configs: configs.get(folder) ?? [],
      hasTests: tested.has(folder),
      outer,
    });
  }
  return [...packages.values()];
}

/** Whether a runner is configured or called there. */
export function runsTests({ facts, configs }: TestedPackage): boolean {
  return facts.runner !== undefined || configs.some(({ isMain }) => isMain);
}

/** Folders of packages that a path is below, the innermost first. */
function foldersAround(path: string, folders: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (folders.has(folder)) found.push(folder);
  }
  return found;
}
