import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { toEnginePath } from '#host/paths.ts';

/** A copy of a project that may be changed. */
export interface ProjectCopy {
  /** Absolute folder as the engine writes it. */
  readonly root: string;
  dispose(): void;
}

/** Copies a project without its history. Installed packages are linked: nobody changes them. */
export function copyProject(folder: string): ProjectCopy {
  const from = realpathSync(resolve(folder));
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'airworthy-fixes-')));
  const to = join(temporary, basename(from));
  const packages: string[] = [];
  cpSync(from, to, {
    recursive: true,
    filter(path) {
      if (basename(path) === 'node_modules') packages.push(path);
      return basename(path) !== '.git' && basename(path) !== 'node_modules';
    },
  });
  for (const path of packages) symlinkSync(path, join(to, relative(from, path)), 'junction');
  return { root: toEnginePath(to), dispose: () => rmSync(temporary, { recursive: true, force: true }) };
}
