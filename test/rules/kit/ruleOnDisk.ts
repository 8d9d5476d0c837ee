import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A rule's files in a folder of its own, for tests of the kit. */
export interface RuleOnDisk {
  readonly folder: string;
  dispose(): void;
}

/** Writes files by path relative to the rule's folder. */
export function ruleOnDisk(files: Readonly<Record<string, string>>): RuleOnDisk {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-rule-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
