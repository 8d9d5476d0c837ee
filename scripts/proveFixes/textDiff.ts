import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from './worse.ts';
import { writeText } from './writeText.ts';

/** Changes as `git diff` shows them, line ends included; paths are relative to `root`. */
export function textDiff(changes: readonly Change[], root: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-diff-'));
  try {
    mkdirSync(join(folder, 'a'));
    mkdirSync(join(folder, 'b'));
    for (const { path, before, after } of changes) {
      const name = path.slice(root.length + 1);
      if (before !== undefined) writeText(join(folder, 'a', name), before);
      writeText(join(folder, 'b', name), after);
    }
    const diff = ['diff', '--no-index', '--no-color', '--no-prefix', 'a', 'b'];
    return spawnSync('git', diff, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
