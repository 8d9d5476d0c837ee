/** Folder of an absolute path, without trailing slash; the root's folder is the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Resolves `relative` against an absolute folder: `.` and `..` are folded, an absolute `relative` wins. */
export function resolvePath(folder: string, relative: string): string {
  const absolute = relative.startsWith('/') || /^[A-Za-z]:\//.test(relative);
  const segments: string[] = [];
  for (const segment of (absolute ? relative : `${folder}/${relative}`).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  const joined = segments.join('/');
  return /^[A-Za-z]:/.test(joined) ? joined : `/${joined}`;
}

/** True for a path inside a folder, or the folder itself. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** The path of a file as seen from the workspace's folder, with a slash in front; of one outside of it the whole path. */
export function localPathOf(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}

const TEST_NAME = /\.(?:test|spec|e2e|e2e-spec|cy)\.[cm]?[jt]sx?$/;
const TEST_FOLDER = /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e|spec|cypress)\//;

/** Test files by path. `relative` is the path below the workspace root, so that a folder above it does not count. */
export function isTestPath(relative: string): boolean {
  return TEST_NAME.test(relative) || TEST_FOLDER.test(relative);
}
