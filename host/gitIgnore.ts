import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type IgnoreScope, isIgnored, withRules } from './ignoreRules.ts';
import { normalisePath } from './paths.ts';

/** Adds a folder's .gitignore to the scope, when it has a readable one. */
export function withGitignore(above: IgnoreScope | undefined, folder: string): IgnoreScope | undefined {
  return withRules(above, folder, readSmall(`${folder === '/' ? '' : folder}/.gitignore`));
}

/** What is in force at a folder before its own .gitignore: the files above it up to the repository's top. */
export function ignoreScopeAbove(folder: string): IgnoreScope | undefined {
  const top = repositoryTop(folder);
  if (top === undefined) return undefined;
  let scope = withRules(undefined, top, readSmall(`${gitFolder(top)}/info/exclude`));
  if (top === folder) return scope;
  scope = withGitignore(scope, top);
  const between = folder.slice(top === '/' ? 1 : top.length + 1).split('/');
  let current = top === '/' ? '' : top;
  for (const name of between) {
    current = `${current}/${name}`;
    // What a person names is looked at, even inside an ignored folder; the rules above then say nothing about it.
    if (isIgnored(scope, current, 'folder')) return undefined;
    if (current !== folder) scope = withGitignore(scope, current);
  }
  return scope;
}

/** A small text file; `undefined` for anything else. */
export function readSmall(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size < 1024 * 1024 ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

function repositoryTop(folder: string): string | undefined {
  for (let current = folder; ; current = normalisePath(dirname(current))) {
    if (statSync(join(current, '.git'), { throwIfNoEntry: false }) !== undefined) return current;
    if (normalisePath(dirname(current)) === current) return undefined;
  }
}

/** The folder with `info/exclude`: in worktrees `.git` is a file that names it, and the common folder lies above. */
function gitFolder(top: string): string {
  const pointer = /^gitdir: (.+)$/m.exec(readSmall(join(top, '.git')) ?? '')?.[1]?.trim();
  if (pointer === undefined) return `${top}/.git`;
  const git = isAbsolute(pointer) ? pointer : resolve(top, pointer);
  const common = readSmall(join(git, 'commondir'))?.trim();
  return normalisePath(common === undefined ? git : resolve(git, common));
}
