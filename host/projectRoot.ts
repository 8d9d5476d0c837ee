import { dirname } from 'node:path';
import { diskHost } from './disk.ts';
import { normalisePath } from './paths.ts';

const MARKS = ['airworthy.json', 'package.json', 'tsconfig.json'];

/** Whether a folder looks like a project or a part of one. */
export function isProject(folder: string): boolean {
  return isRepository(folder) || MARKS.some((name) => diskHost.isFile(`${folder}/${name}`));
}

/** The repository a folder is in; without one the outermost folder above that looks like a project; else itself. */
export function projectRoot(folder: string): string {
  let outermost = folder;
  for (let current = folder; ; current = normalisePath(dirname(current))) {
    if (isRepository(current)) return current;
    if (isProject(current)) outermost = current;
    if (normalisePath(dirname(current)) === current) return outermost;
  }
}

function isRepository(folder: string): boolean {
  return diskHost.isFolder(`${folder}/.git`) || diskHost.isFile(`${folder}/.git`);
}
