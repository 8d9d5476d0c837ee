import { folderOf, isInside } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';

export const CONFIG_NAME = 'airworthy.json';

/** Finds the airworthy.json that applies to the files of a folder; answers are kept until it is made anew. */
export type FindConfig = (folder: string) => string | undefined;

/**
 * The nearest airworthy.json upwards wins. The search goes past the workspace's root as far as the repository, so that a
 * package opened alone sees the same settings as in its repository; without a repository it ends at the root.
 */
export function configFinder(root: string, host: Host): FindConfig {
  const top = repositoryOf(root, host) ?? root;
  const found = new Map<string, string | undefined>();
  const find: FindConfig = (folder) => {
    if (found.has(folder)) return found.get(folder);
    const path = folder === '/' ? `/${CONFIG_NAME}` : `${folder}/${CONFIG_NAME}`;
    const above = folderOf(folder);
    const last = folder === top || above === folder || (!isInside(folder, top) && hasGit(folder, host));
    const config = host.isFile(path) ? path : last ? undefined : find(above);
    found.set(folder, config);
    return config;
  };
  return find;
}

function repositoryOf(folder: string, host: Host): string | undefined {
  if (hasGit(folder, host)) return folder;
  const above = folderOf(folder);
  return above === folder ? undefined : repositoryOf(above, host);
}

function hasGit(folder: string, host: Host): boolean {
  const git = folder === '/' ? '/.git' : `${folder}/.git`;
  // A file in worktrees and submodules.
  return host.isFolder(git) || host.isFile(git);
}
