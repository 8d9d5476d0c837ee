import type { FileValue } from '#api';
import { folderOf, nearestFolder } from '../../_shared/filePath.ts';
import { isOutsideService } from '../../_shared/places.ts';
import type { PackageFacts } from '../../_shared/project/packageFacts.ts';
import type { EnvFacts } from './envFacet.ts';

/** One package of the workspace and what its code does with the environment. */
export interface PackageEnv {
  /** Folder of its package.json, or the workspace root when there is none. */
  readonly folder: string;
  readonly facts: PackageFacts | undefined;
  readonly files: { readonly path: string; readonly facts: EnvFacts }[];
}

/** Sequelize's command line reads plain JavaScript here, whatever the service itself is written in. */
const SEQUELIZE_CONFIG = /(?:^|\/)config\/(?:config|database)\.c?js$/;

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
    const folder = nearestFolder(path, packages) ?? root;
    if (!path.startsWith(`${folder}/`) || !path.startsWith(`${root}/`)) continue;
    const home = packages.get(folder) ?? { folder, facts: undefined, files: [] };
    const isOutside = isOutsideService(path.slice(root.length));
    if (isOutside && !isOwnConfiguration(path, root, folder)) continue;
    if (home.facts?.dependencies.includes('sequelize') === true && SEQUELIZE_CONFIG.test(path)) continue;
    if (home.facts?.tools.includes(path.slice(folder.length + 1)) === true) continue;
    home.files.push({ path, facts: isOutside || isComponent(path, home.facts) ? { ...value, reads: [] } : value });
    packages.set(folder, home);
  }
  return [...packages.values()];
}

const CONFIGURATION = /\.conf(?:ig)?(?=\.[cm]?[jt]s$)/;

/**
 * `src/config/database.config.ts`: configurations of tools lie beside package.json, those below it are parts of the service,
 * which often check the environment. What they read themselves is checked there as well, or by who calls them.
 */
function isOwnConfiguration(path: string, root: string, folder: string): boolean {
  if (!CONFIGURATION.test(path) || folderOf(path) === folder) return false;
  return !isOutsideService(path.slice(root.length).replace(CONFIGURATION, ''));
}

/** Whether the package is a program that a team deploys: not a library, command, front end or desktop application. */
export function isService({ folder, facts, files }: PackageEnv, packages: readonly PackageEnv[]): boolean {
  if (facts === undefined) return true;
  if (facts.isDesktop || (facts.hasCommand && !facts.hasServer)) return false;
  if (!facts.hasServer) {
    if (facts.hasInterface) return false;
    const inPage = files.some((file) => file.facts.isBrowser === true);
    if (inPage && !files.some((file) => file.facts.isNode === true)) return false;
  }
  const parent = packages.find((other) => folder.startsWith(`${other.folder}/`));
  const isApplication = parent !== undefined && /\/(?:apps|services)\//.test(folder.slice(parent.folder.length));
  if (facts.isStarted) {
    // Members of a monorepo that are published without serving anything are started to try them out.
    return parent === undefined || isApplication || facts.isPrivate || facts.hasServer || !facts.isPublished;
  }
  if (facts.isPublished && (!facts.isPrivate || parent !== undefined)) return false;
  const { name } = facts;
  return name === undefined || !packages.some((other) => other.facts?.dependencies.includes(name) === true);
}

/** A component that only browsers run: a bundler puts the values in place of its reads. */
function isComponent(path: string, facts: PackageFacts | undefined): boolean {
  return /\.[jt]sx$/.test(path) && facts?.hasInterface === true && !facts.rendersOnServer;
}
