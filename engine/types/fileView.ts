import { folderOf, isInside, nameOf } from '../document/paths.ts';
import type { Host } from '../workspace/host.ts';

/** The host's files behind a cache of folder listings, because module resolution asks the same thousands of times. */
export interface FileView {
  /** Grows with every change that was told. */
  readonly revision: number;
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Names of the files and folders in a folder. */
  entries(path: string): { readonly files: readonly string[]; readonly folders: readonly string[] };
  read(path: string): string | undefined;
  /** Where links lead; the path itself when the host cannot tell. */
  realPath(path: string): string;
  /** Differs when the file's text may have changed. */
  version(path: string): string;
  /** Takes note of changes on disk. True when a file or folder came or went. */
  forget(paths: readonly string[]): boolean;
  clear(): void;
}

interface Listing {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

const NOTHING: Listing = { files: new Set(), folders: new Set() };
const DRIVE = /^[A-Za-z]:$/;

export function createFileView(host: Host, root: string): FileView {
  const listings = new Map<string, Listing>();
  const single = new Map<string, boolean>();
  const links = new Map<string, string>();
  const versions = new Map<string, number>();
  let revision = 0;
  let epoch = 0;

  function listing(folder: string): Listing {
    const known = listings.get(folder);
    if (known !== undefined) return known;
    const files = new Set<string>();
    const folders = new Set<string>();
    if (isFolder(folder)) {
      for (const entry of host.list(DRIVE.test(folder) ? `${folder}/` : folder))
        (entry.kind === 'file' ? files : folders).add(entry.name);
    }
    const made = files.size + folders.size === 0 ? NOTHING : { files, folders };
    listings.set(folder, made);
    return made;
  }

  function isFolder(path: string): boolean {
    if (folderOf(path) === path || DRIVE.test(path)) return true;
    const around = listing(folderOf(path));
    return around.folders.has(nameOf(path)) || (unlisted(around, path) && ask(`${path}/`, () => host.isFolder(path)));
  }

  function isFile(path: string): boolean {
    const around = listing(folderOf(path));
    return around.files.has(nameOf(path)) || (unlisted(around, path) && ask(path, () => host.isFile(path)));
  }

  /** A folder that exists but shows nothing may forbid listing while its entries can be opened. */
  function unlisted(around: Listing, path: string): boolean {
    return around === NOTHING && isFolder(folderOf(path));
  }

  function ask(key: string, question: () => boolean): boolean {
    const known = single.get(key);
    if (known !== undefined) return known;
    const answer = question();
    single.set(key, answer);
    return answer;
  }

  return {
    get revision() {
      return revision;
    },
    isFile,
    isFolder,
    entries(path) {
      const { files, folders } = listing(path);
      return { files: [...files], folders: [...folders] };
    },
    read: (path) => (isFile(path) ? host.readText(path) : undefined),
    realPath(path) {
      if (host.realPath === undefined) return path;
      const known = links.get(path);
      if (known !== undefined) return known;
      // The workspace itself may be reached through a link; inside it, paths stay as the editor writes them.
      const realRoot = host.realPath(root);
      const target = host.realPath(path);
      const real = isInside(target, realRoot) ? root + target.slice(realRoot.length) : target;
      links.set(path, real);
      return real;
    },
    version: (path) => `${epoch}.${versions.get(path) ?? 0}`,
    forget(paths) {
      revision++;
      let moved = false;
      for (const path of paths) {
        versions.set(path, (versions.get(path) ?? 0) + 1);
        const before = listings.get(folderOf(path));
        if (before !== undefined && before.files.has(nameOf(path)) === host.isFile(path)) continue;
        moved = true;
        for (let folder = folderOf(path); ; folder = folderOf(folder)) {
          listings.delete(folder);
          if (folder === folderOf(folder)) break;
        }
      }
      if (moved) {
        single.clear();
        links.clear();
      }
      return moved;
    },
    clear() {
      revision++;
      listings.clear();
      single.clear();
      links.clear();
      versions.clear();
      epoch++;
    },
  };
}
