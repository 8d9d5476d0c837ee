import { execFile } from 'node:child_process';
import { RECORD_FILE } from '#engine/checklist/judging/records.ts';
import { HISTORY_FILE } from '#report/history.ts';

/** What git says of a folder. */
export interface CheckedOut {
  /** Commit whose files these are; `''` without git, without any commit, or when files differ from it. */
  readonly commit: string;
  /** There is a commit, and files in the folder differ from it. */
  readonly isChanged: boolean;
}

/** Says why a record names no commit. */
export const CHANGED = 'Files in this folder differ from the last commit, so the record names none.';

/** What Airworthy writes by itself does not make a folder another one. */
const OWN = [RECORD_FILE, HISTORY_FILE, 'readiness-report.html'].map((name) => `:(exclude)${name}`);

/**
 * Asks git for the commit that the files of a folder are of, those that git ignores aside. Never throws; when git cannot
 * tell whether files differ, they count as changed.
 */
export async function checkedOut(folder: string): Promise<CheckedOut> {
  const head = (await git(folder, ['rev-parse', '--verify', 'HEAD']))?.trim() ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(head)) return { commit: '', isChanged: false };
  const changes = await git(folder, ['status', '--porcelain', '--untracked-files=normal', '--', '.', ...OWN]);
  return changes === '' ? { commit: head, isChanged: false } : { commit: '', isChanged: true };
}

/** What git writes; `undefined` when it fails. A program that the repository names for watching files is not started. */
function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  const all = ['-c', 'core.fsmonitor=false', ...args];
  const options = { cwd: folder, timeout: 30_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile('git', all, options, (error, stdout) => resolve(error === null ? stdout : undefined));
  });
}
