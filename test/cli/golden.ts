import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Compares with `test/cli/golden/<name>`; `UPDATE_GOLDEN=1` writes it, for a person to look at before committing. */
export function assertGolden(name: string, actual: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, actual);
  assert.equal(actual, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
}
