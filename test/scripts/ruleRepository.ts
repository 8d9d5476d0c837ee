import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** A folder that looks like this repository without its rules, for tests that add some. */
export interface RuleRepository {
  readonly root: string;
  read(path: string): string;
  write(path: string, text: string): void;
  dispose(): void;
}

export function ruleRepository(): RuleRepository {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-rules-'));
  cpSync(join(repository, 'package.json'), join(root, 'package.json'));
  for (const folder of ['engine', 'node_modules'])
    symlinkSync(join(repository, folder), join(root, folder), 'junction');
  return {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => writeFileSync(join(root, path), text),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}
