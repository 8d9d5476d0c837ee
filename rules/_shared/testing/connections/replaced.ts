import type { ProjectContext } from '#api';
import { parentFolder } from '../../project/nearestPackage.ts';

/** Whether a `__mocks__` folder beside `node_modules` has a file for the package, as Jest and Vitest take them. */
export function isReplacedByFolder(
  path: string,
  module: string,
  ctx: Pick<ProjectContext<string, unknown>, 'root' | 'exists'>,
): boolean {
  for (let folder = parentFolder(path); folder.length >= ctx.root.length; folder = parentFolder(folder)) {
    if (['ts', 'js', 'mjs', 'cjs'].some((end) => ctx.exists(`${folder}/__mocks__/${module}.${end}`))) return true;
  }
  return false;
}
