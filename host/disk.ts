import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Host, HostEntry } from '#engine/workspace/host.ts';
import { ignoreScopeAbove, readSmall } from './gitIgnore.ts';
import { isIgnoredBelow } from './ignoreRules.ts';
import { toEnginePath } from './paths.ts';

/** Larger files are not read at all: no budget allows them, and one string of that size could exhaust the heap. */
const MAX_READ = 128 * 1024 * 1024;

/** The file system of this machine. Nothing is kept: every answer is the disk's current one. */
export const diskHost: Host = {
  readText(path) {
    try {
      const stat = statSync(path);
      // Reading a pipe or a device could wait for ever.
      if (!stat.isFile() || stat.size > MAX_READ) return undefined;
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  },
  isFile: (path) => kindOf(path) === 'file',
  isFolder: (path) => kindOf(path) === 'folder',
  list(path) {
    try {
      return readdirSync(path, { withFileTypes: true }).flatMap((entry): readonly HostEntry[] => {
        const kind = entry.isFile()
          ? 'file'
          : entry.isDirectory()
            ? 'folder'
            : entry.isSymbolicLink()
              ? kindOf(`${path}/${entry.name}`)
              : undefined;
        return kind === undefined ? [] : [{ name: entry.name, kind }];
      });
    } catch {
      return [];
    }
  },
  realPath(path) {
    try {
      return toEnginePath(realpathSync(path));
    } catch {
      return path;
    }
  },
  isIgnored: (root, path) => isIgnoredBelow(root, path, ignoreScopeAbove(root), readSmall),
};

/** Links count as what they point to; loops, broken links, sockets and what may not be seen as nothing. */
function kindOf(path: string): HostEntry['kind'] | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : undefined;
  } catch {
    return undefined;
  }
}
