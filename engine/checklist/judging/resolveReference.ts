import { folderOf, isInside, resolvePath } from '../../document/paths.ts';
import { grouped } from './grouped.ts';

/** Finds the files that a text means by the paths it writes. */
export interface ReferenceResolver {
  /**
   * Absolute paths of the files meant by `written` in the document at `from`: relative to the workspace, else to the
   * document, else the one file whose path ends like it. Empty when there is none, or when several would fit.
   */
  resolve(written: string, from: string): readonly string[];
  /** All files of that name, for a reference whose folder is wrong. */
  named(name: string): readonly string[];
}

/** Resolves references against a set of files; made anew when the set changes. */
export function referenceResolver(root: string, paths: Iterable<string>): ReferenceResolver {
  const all = new Set(paths);
  const byName = grouped(all, (path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase());
  return {
    resolve(written, from) {
      const path = clean(written);
      if (path === '') return [];
      for (const base of [root, folderOf(from)]) {
        const candidate = resolvePath(base, path.replace(/^\/+/, ''));
        if (isInside(candidate, root) && all.has(candidate)) return [candidate];
      }
      // A bare name is too little: `index.ts` may be any of many, and the only one today need not be the one meant.
      if (!path.includes('/')) return [];
      const ending = `/${path.replace(/^(?:\.{0,2}\/)+/, '').toLowerCase()}`;
      const similar = byName.get(ending.slice(ending.lastIndexOf('/') + 1)) ?? [];
      const fitting = similar.filter((other) => other.toLowerCase().endsWith(ending));
      return fitting.length === 1 ? fitting : [];
    },
    named: (name) => byName.get(name.toLowerCase()) ?? [],
  };
}

function clean(written: string): string {
  return written.trim().replaceAll('\\', '/').replace(/^\.\//, '');
}
