import type { ProjectContext } from '#api';
import { folderOf, isSource, resolvePath } from '../../_shared/filePath.ts';
import type { ConfigFacts } from './configFacet.ts';

const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '/index.ts', '/index.js'];

/** The file of the project that a configuration names, from its root; `undefined` for packages and missing files. */
export function preparedFile(
  config: string,
  { root }: ConfigFacts,
  file: string,
  ctx: Pick<ProjectContext<string, unknown>, 'exists'>,
): string | undefined {
  const folder = resolvePath(folderOf(config), root?.replace(/^<rootDir>\/?/, './') ?? '.');
  const path = resolvePath(folder, file.replace(/^<rootDir>\/?/, './'));
  return ENDINGS.map((ending) => path + ending).find((one) => isSource(one) && ctx.exists(one));
}
