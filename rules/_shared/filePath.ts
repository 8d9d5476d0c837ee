/** The folder of a path with forward slashes, without the slash at its end. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
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
