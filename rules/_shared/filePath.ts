/** The folder of a path with forward slashes, without the slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The last part of a path: a file's name, the name of a package without its scope, an image without its registry. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a file is written in TypeScript, so that types may stand in it. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

/** Whether a file is source code of the program, and not data. */
export function isSource(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** A path of a source file as modules are told apart by it: without its ending, and without `/index`. */
export function modulePath(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
}

/** The innermost folder above a file that is one of the given ones. */
export function nearestFolder(path: string, folders: Pick<ReadonlySet<string>, 'has'>): string | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (folders.has(folder)) return folder;
  return undefined;
}

/** A path relative to a folder, or an absolute one, with `.` and `..` taken out. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  // A drive (`C:/`) is a beginning of its own.
  const drive = /^[A-Za-z]:$/.test(parts[0] ?? '');
  return `${drive ? '' : '/'}${parts.join('/')}`;
}
