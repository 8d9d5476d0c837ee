import { nameOf } from '#engine/document/paths.ts';
import type { Host, HostEntry } from '#engine/workspace/host.ts';
import { isIgnoredBelow } from './ignoreRules.ts';

/** A file system in memory, for tests, previews and the browser. */
export interface MemoryHost extends Host {
  /** Creates or replaces a file. Folders appear with their files. */
  write(path: string, text: string): void;
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): void;
  /** Paths of all files, sorted; without those of the host below. */
  paths(): readonly string[];
}

/**
 * Makes a memory host from texts by absolute path with forward slashes. What it does not hold is asked of `below`;
 * removed paths stay removed even if `below` has them.
 */
export function createMemoryHost(files: Readonly<Record<string, string>> = {}, below?: Host): MemoryHost {
  const texts = new Map<string, string>();
  const removed = new Set<string>();
  /** Entries by folder; a child's presence is its key. */
  const folders = new Map<string, Map<string, HostEntry['kind']>>([['', new Map()]]);

  const isRemoved = (path: string): boolean => {
    for (let current = path; current !== ''; current = parentOf(current)) if (removed.has(current)) return true;
    return false;
  };
  const folder = (path: string): Map<string, HostEntry['kind']> => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const made = new Map<string, HostEntry['kind']>();
    folders.set(path, made);
    folder(parentOf(path)).set(nameOf(path), 'folder');
    return made;
  };
  const host: MemoryHost = {
    write(path, text) {
      texts.set(path, text);
      folder(parentOf(path)).set(nameOf(path), 'file');
    },
    remove(path) {
      for (const known of [...texts.keys()]) if (known === path || known.startsWith(`${path}/`)) texts.delete(known);
      for (const known of [...folders.keys()]) {
        if (known !== '' && (known === path || known.startsWith(`${path}/`))) folders.delete(known);
      }
      folders.get(parentOf(path))?.delete(nameOf(path));
      if (below !== undefined) removed.add(path);
    },
    paths: () => [...texts.keys()].sort(),
    readText: (path) => texts.get(path) ?? (isRemoved(path) ? undefined : below?.readText(path)),
    isFile: (path) => texts.has(path) || (!isRemoved(path) && below?.isFile(path) === true),
    isFolder: (path) => folders.has(keyOf(path)) || (!isRemoved(path) && below?.isFolder(path) === true),
    isIgnored: (folder, path) => isIgnoredBelow(folder, path, undefined, (file) => host.readText(file)),
    list(path) {
      const entries = new Map<string, HostEntry>();
      if (!isRemoved(path)) {
        for (const entry of below?.list(path) ?? []) {
          if (!isRemoved(`${keyOf(path)}/${entry.name}`)) entries.set(entry.name, entry);
        }
      }
      for (const [name, kind] of folders.get(keyOf(path)) ?? []) entries.set(name, { name, kind });
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
  for (const [path, text] of Object.entries(files)) host.write(path, text);
  return host;
}

/** The root folder is kept under the empty key, so that parents need no special case. */
function keyOf(path: string): string {
  return path === '/' ? '' : path;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
