import { folderOf, resolvePath } from '../../_shared/filePath.ts';
import { basePaths } from '../../_shared/project/tsconfigBases.ts';
import type { JavaScriptSettings } from './languageFacet.ts';

/** Published bases that leave JavaScript out. */
const WITHOUT = /^@(?:tsconfig\/(?:node[\w.-]*|recommended)|vue\/tsconfig)(?:\/|$)/;

/**
 * Tells whether a tsconfig, or a project that it names, takes JavaScript in: by itself, by what it extends, or because a base that
 * is not in the workspace may do so. `packages` gives folders of packages of the workspace by name.
 */
export function javaScriptTakers(
  settings: ReadonlyMap<string, JavaScriptSettings>,
  packages: ReadonlyMap<string, string>,
): (path: string) => boolean {
  /** `undefined` where nothing says it. */
  const said = (path: string, seen: ReadonlySet<string>): boolean | undefined => {
    const own = settings.get(path);
    if (own === undefined || seen.has(path)) return undefined;
    if (own.takesJavaScript !== undefined) return own.takesJavaScript;
    // Of several bases the last one that says it wins.
    for (const base of own.extends.toReversed()) {
      const found = basePaths(path, base, packages).find((candidate) => settings.has(candidate));
      if (found === undefined && !WITHOUT.test(base)) return true;
      const answer = found === undefined ? undefined : said(found, new Set([...seen, path]));
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  const takes = (path: string, seen: ReadonlySet<string>): boolean => {
    const own = settings.get(path);
    if (own === undefined || seen.has(path)) return false;
    if (said(path, new Set()) === true) return true;
    const visited = new Set([...seen, path]);
    return own.references.some((reference) => takes(projectAt(path, reference), visited));
  };
  return (path) => takes(path, new Set());
}

/** A reference names a file, or the folder of a tsconfig.json. */
function projectAt(from: string, reference: string): string {
  const path = resolvePath(folderOf(from), reference);
  return path.endsWith('.json') ? path : `${path}/tsconfig.json`;
}
