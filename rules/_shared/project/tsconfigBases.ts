import { folderOf, resolvePath } from '../filePath.ts';

/** Files that say how TypeScript is compiled, by their names. */
export const TSCONFIG = /(?:^|\/)tsconfig[^/]*\.json$/;

/**
 * Paths that a base named by `extends` may have: the file itself, with its ending, or the tsconfig.json of a folder. `packages`
 * gives folders of packages of the workspace by name. Empty for bases that come from elsewhere.
 */
export function basePaths(from: string, base: string, packages: ReadonlyMap<string, string>): readonly string[] {
  const path =
    /^\.{0,2}\//.test(base) || base === '.' || base === '..'
      ? resolvePath(folderOf(from), base)
      : inPackage(base, packages);
  if (path === undefined) return [];
  return path.endsWith('.json') ? [path] : [`${path}.json`, `${path}/tsconfig.json`];
}

function inPackage(base: string, packages: ReadonlyMap<string, string>): string | undefined {
  const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(base) ?? [];
  const folder = packages.get(name);
  return folder === undefined ? undefined : `${folder}${rest}`;
}

/** Published bases of which it is known that they set `strict`. */
export function isStrictPreset(base: string): boolean {
  return /^(?:@tsconfig\/|@vue\/tsconfig|astro\/tsconfigs\/strict|@sindresorhus\/tsconfig|gts\/|@react-native\/typescript-config)/.test(
    base,
  );
}
