import { readdir, stat } from 'node:fs/promises';
import { ignoreScopeAbove, withGitignore } from './gitIgnore.ts';
import { type IgnoreScope, isIgnored } from './ignoreRules.ts';
import { isVendored, isVersionControl } from './vendored.ts';

/**
 * Why something was not looked at: git ignores it, tools or other people made it, it is a link (its target is found where
 * it really is, and links can form loops), or the system refused to open it.
 */
export type LeftOutReason = 'ignored' | 'vendored' | 'link' | 'unreadable';

/** A left-out folder counts as one, whatever is in it. */
export type LeftOut = Readonly<Record<LeftOutReason, { readonly files: number; readonly folders: number }>>;

export interface Discovery {
  /** Absolute paths with forward slashes, sorted. */
  readonly files: readonly string[];
  readonly leftOut: LeftOut;
}

export interface DiscoverOptions {
  /** Whether a file is of a kind that is looked for; others are passed over and not counted. */
  accepts(path: string): boolean;
  readonly signal?: AbortSignal;
  /** Called now and then with the number of files found so far. */
  onProgress?(found: number): void;
}

/** Folders read at a time: enough to keep the disk busy, few enough for the limit of open files. */
const PARALLEL = 8;

interface Waiting {
  readonly folder: string;
  readonly scope: IgnoreScope | undefined;
}

/**
 * Finds the files below a folder that a person works on. The folder itself is looked at even if git ignores it. Never
 * fails because of what it meets; rejects with the signal's reason when aborted.
 */
export async function discover(root: string, options: DiscoverOptions): Promise<Discovery> {
  const files: string[] = [];
  const leftOut = {
    ignored: { files: 0, folders: 0 },
    vendored: { files: 0, folders: 0 },
    link: { files: 0, folders: 0 },
    unreadable: { files: 0, folders: 0 },
  };
  const waiting: Waiting[] = [{ folder: root, scope: ignoreScopeAbove(root) }];

  const read = async ({ folder, scope: above }: Waiting): Promise<readonly Waiting[]> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
      leftOut.unreadable.folders++;
      return [];
    }
    const names = new Set(entries.map((entry) => entry.name));
    const scope = names.has('.gitignore') ? withGitignore(above, folder) : above;
    const inner: Waiting[] = [];
    for (const entry of entries) {
      if (isVersionControl(entry.name)) continue;
      const path = folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isVendored(entry.name, names)) leftOut.vendored.folders++;
        else if (isIgnored(scope, path, 'folder')) leftOut.ignored.folders++;
        else inner.push({ folder: path, scope });
      } else if (options.accepts(path)) {
        if (isIgnored(scope, path, 'file')) leftOut.ignored.files++;
        else if (entry.isSymbolicLink()) leftOut.link.files++;
        else if (entry.isFile()) files.push(path);
      } else if (entry.isSymbolicLink() && !isVendored(entry.name, names)) {
        const target = await stat(path).catch(() => undefined);
        if (target?.isDirectory()) leftOut.link.folders++;
      }
    }
    return inner;
  };

  while (waiting.length > 0) {
    options.signal?.throwIfAborted();
    const batch = waiting.splice(-PARALLEL);
    const inner = await Promise.all(batch.map(read));
    for (const found of inner) waiting.push(...found);
    options.onProgress?.(files.length);
  }
  options.signal?.throwIfAborted();
  return { files: files.sort(), leftOut };
}
