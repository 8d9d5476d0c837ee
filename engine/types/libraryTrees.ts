import { sourceKind } from '../document/sourceKind.ts';
import { ts } from '../ts.ts';

/** Ways of parsing that are kept: as many as projects. */
const LIMIT = 3;

/**
 * Trees of the bundled `lib.*.d.ts` by way of parsing and path, least recently used way first (cache: library trees).
 * They never change, and parsing them is most of a first type check, so all workspaces of the process share them.
 */
const trees = new Map<string, Map<string, ts.SourceFile>>();

/** Tree of a bundled lib. `key` is equal for all requests that may share a tree. */
export function libraryTree(
  path: string,
  text: string,
  { key, options }: { readonly key: string; readonly options: ts.CreateSourceFileOptions },
): ts.SourceFile {
  const known = trees.get(key) ?? new Map<string, ts.SourceFile>();
  trees.delete(key);
  trees.set(key, known);
  for (const old of trees.keys()) {
    if (trees.size <= LIMIT) break;
    trees.delete(old);
  }
  const file = known.get(path) ?? ts.createSourceFile(path, text, options, false, sourceKind(path));
  known.set(path, file);
  return file;
}

/** Whether `libraryTree` would answer with this very tree. */
export function isLibraryTree(path: string, key: string, file: ts.SourceFile): boolean {
  return trees.get(key)?.get(path) === file;
}
