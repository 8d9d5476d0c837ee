/** One entry of a folder. Links are reported as what they point to; broken ones are left out. */
export interface HostEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/**
 * How the engine sees a file system. Synchronous because the type checker asks synchronously; implementations answer
 * from disk, from memory, or from an editor. Paths are absolute, with forward slashes.
 */
export interface Host {
  /** UTF-8 text without BOM handling; `undefined` when missing, unreadable or not a file. Never throws. */
  readText(path: string): string | undefined;
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Empty for a missing folder. Never throws. */
  list(path: string): readonly HostEntry[];
  /** Path behind links, as package managers with a store need it to find a package's own dependencies. Never throws. */
  realPath?(path: string): string;
  /** Whether version control leaves out a path below a root, whether or not anything is there. Never throws. */
  isIgnored?(root: string, path: string): boolean;
}
