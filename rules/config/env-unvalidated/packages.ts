import type { FileValue } from '#api';
import type { EnvFacts } from './envFacet.ts';

type PackageFacts = NonNullable<EnvFacts['package']>;

/** One package of the workspace and what its code does with the environment. */
export interface PackageEnv {
  /** Folder of its package.json, or the workspace root when there is none. */
  readonly folder: string;
  readonly facts: PackageFacts | undefined;
  readonly files: { readonly path: string; readonly facts: EnvFacts }[];
}

/** Build set-up, tools and one-off scripts run outside the service: what they read is not its configuration. */
const NOT_SERVICE =
  /(?:^|\/)(?:scripts?|tools?|bin|\.github|\.storybook|migrations?|seeds?|examples?|docs|benchmarks?|fixtures)\/|(?:^|\/)[^/]*\.config\.[cm]?[jt]s$|(?:^|\/)\.?[\w-]*rc\.[cm]?js$|(?:^|\/)(?:knexfile|gulpfile|Gruntfile|ormconfig|seed|instrumentation|webpack[^/]*|next-env\.d)\.[cm]?[jt]s$|\.d\.[cm]?ts$/;

/**
 * Sorts files under the nearest package.json above each; those without one under `root`, where they lie inside it.
 * Tests, tools and configuration files are left out.
 */
export function byPackage(root: string, values: Iterable<FileValue<EnvFacts>>): readonly PackageEnv[] {
  const all = [...values];
  const packages = new Map<string, PackageEnv>();
  for (const { path, value } of all) {
    const folder = folderOf(path);
    if (value.package !== undefined) packages.set(folder, { folder, facts: value.package, files: [] });
  }
  for (const { path, value, isTest } of all) {
    if (value.package !== undefined || isTest) continue;
    const folder = nearest(path, packages) ?? root;
    if (!path.startsWith(`${folder}/`) || NOT_SERVICE.test(path.slice(folder.length + 1))) continue;
    const home = packages.get(folder) ?? { folder, facts: undefined, files: [] };
    home.files.push({ path, facts: value });
    packages.set(folder, home);
  }
  return [...packages.values()];
}

function nearest(path: string, packages: ReadonlyMap<string, PackageEnv>): string | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (packages.has(folder)) return folder;
  return undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
