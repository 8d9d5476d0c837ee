import type { ProjectContext } from '#api';
import { folderOf } from '../../_shared/filePath.ts';

/** The list that holds for a build. */
export interface IgnoreList {
  readonly path: string;
  /** The folder that is handed to the build; `undefined` where that does not show. */
  readonly folder: string | undefined;
}

const NAMES = ['.dockerignore', '.containerignore'];

type View = Pick<ProjectContext<never, unknown>, 'root' | 'exists'>;

/**
 * The lists that may hold for a Dockerfile: its own, else those of the folders that compose files hand to the build, else
 * those beside it and above, where the build may begin.
 */
export function ignoreLists(ctx: View, dockerfile: string, contexts: readonly string[]): readonly IgnoreList[] {
  const own = `${dockerfile}.dockerignore`;
  if (ctx.exists(own)) return [{ path: own, folder: contexts.length === 1 ? contexts[0] : undefined }];
  const named = contexts.flatMap((folder) => listIn(ctx, folder));
  return named.length > 0 ? named : foldersAbove(ctx.root, dockerfile).flatMap((folder) => listIn(ctx, folder));
}

function listIn(ctx: View, folder: string): readonly IgnoreList[] {
  const name = NAMES.find((each) => ctx.exists(`${folder}/${each}`));
  return name === undefined ? [] : [{ path: `${folder}/${name}`, folder }];
}

/** The folder of a file and those above it, up to the root. */
function foldersAbove(root: string, path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder.startsWith(root) && folder !== ''; folder = folderOf(folder))
    folders.push(folder);
  return folders;
}
