import type { ProjectContext } from '#api';
import { folderOf } from '../../filePath.ts';

/** Whether a `__mocks__` folder beside `node_modules` has a file for the package, as Jest and Vitest take them. */
export function isReplacedByFolder(
  path: string,
  module: string,
  ctx: Pick<ProjectContext<string, unknown>, 'root' | 'exists'>,
): boolean {
  for (let folder = folderOf(path); folder.length >= ctx.root.length; folder = folderOf(folder)) {
    if (['ts', 'js', 'mjs', 'cjs'].some((end) => ctx.exists(`${folder}/__mocks__/${module}.${end}`))) return true;
  }
  return false;
}
