import type { FixContext, ProjectContext } from '#api';
import { folderOf } from '../filePath.ts';

/** The folder of the nearest package.json above a file, for a project check; the workspace's folder where there is none. */
export function nearestPackage(path: string, ctx: Pick<ProjectContext<string, unknown>, 'root' | 'exists'>): string {
  let folder = folderOf(path);
  while (folder.length > ctx.root.length && !ctx.exists(`${folder}/package.json`)) folder = folderOf(folder);
  return folder;
}

/** The folder of the nearest package.json above a file, for a fix; `undefined` where there is none. */
export function packageFolder(path: string, ctx: Pick<FixContext<unknown>, 'source'>): string | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (ctx.source(`${folder}/package.json`) !== undefined) return folder;
  }
  return undefined;
}
