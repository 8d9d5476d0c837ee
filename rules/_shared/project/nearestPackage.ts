import type { ProjectContext } from '#api';

/** The folder of the nearest package.json above a file, the workspace's folder where there is none. */
export function nearestPackage(path: string, ctx: Pick<ProjectContext<string, unknown>, 'root' | 'exists'>): string {
  let folder = parentFolder(path);
  while (folder.length > ctx.root.length && !ctx.exists(`${folder}/package.json`)) folder = parentFolder(folder);
  return folder;
}

/** The folder that a file or folder is in. */
export function parentFolder(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
