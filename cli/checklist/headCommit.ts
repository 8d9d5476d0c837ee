import { execFile } from 'node:child_process';

/** Commit that is checked out in a folder; `''` without git or without any. Never throws. */
export function headCommit(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('git', ['rev-parse', '--verify', 'HEAD'], { cwd: folder, timeout: 10_000 }, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : '');
    });
  });
}
