import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { normalisePath } from './paths.ts';

/** The ignore files in force for one folder: its own before those above it. */
export interface IgnoreScope {
  /** Absolute folder the rules are relative to. */
  readonly folder: string;
  readonly rules: Ignore;
  readonly above: IgnoreScope | undefined;
}

/** Whether git would ignore a path below the scope's folder. Folders above the path are taken as not ignored. */
export function isIgnored(scope: IgnoreScope | undefined, path: string, kind: 'file' | 'folder'): boolean {
  for (let current = scope; current !== undefined; current = current.above) {
    const relative = path.slice(current.folder === '/' ? 1 : current.folder.length + 1);
    // The nearest file with an opinion decides.
    const { ignored, unignored } = current.rules.test(kind === 'folder' ? `${relative}/` : relative);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** Adds a folder's .gitignore to the scope, when it has a readable one. */
export function withGitignore(above: IgnoreScope | undefined, folder: string): IgnoreScope | undefined {
  return withRules(above, folder, `${folder === '/' ? '' : folder}/.gitignore`);
}

/** What is in force at a folder before its own .gitignore: the files above it up to the repository's top. */
export function ignoreScopeAbove(folder: string): IgnoreScope | undefined {
  const top = repositoryTop(folder);
  if (top === undefined) return undefined;
  let scope = withRules(undefined, top, `${gitFolder(top)}/info/exclude`);
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

function withRules(above: IgnoreScope | undefined, folder: string, file: string): IgnoreScope | undefined {
  const text = readSmall(file);
  if (text === undefined) return above;
  return { folder, rules: ignore().add(text.split(/\r?\n/).filter(isQuick)), above };
}

/** Lines with a heap of wildcards in one name could take for ever to match; nobody needs them. */
function isQuick(line: string): boolean {
  return line.length < 1000 && line.split('/').every((name) => (name.match(/\*+/g)?.length ?? 0) <= 4);
}

function readSmall(path: string): string | undefined {
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
