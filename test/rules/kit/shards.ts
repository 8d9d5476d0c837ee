import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Fewer rules are done by the time another process has loaded the compiler. */
const WORTH_A_PROCESS = 6;

/** `index/count` of the share of a process that {@link inShards} started. */
const share = process.env['RULE_SHARD'];

/**
 * Defines tests for each item, spread over processes when there are many: test files run side by side, the tests in one
 * do not, and those of all rules are most of a test run. `file` is the test file that calls this; it is run again for
 * each share of the items.
 */
export function inShards<T>(file: string, items: readonly T[], define: (item: T) => void): void {
  if (share !== undefined) {
    const [index = 0, count = 1] = share.split('/').map(Number);
    const own = items.filter((_, nth) => nth % count === index);
    for (const item of own) define(item);
    return;
  }
  const count = Math.min(availableParallelism(), Math.floor(items.length / WORTH_A_PROCESS));
  if (count < 2) {
    for (const item of items) define(item);
    return;
  }
  describe(`${items.length} rules`, { concurrency: count }, () => {
    for (let index = 0; index < count; index++) {
      it(`share ${index + 1} of ${count}`, async () => {
        const { status, output } = await run(fileURLToPath(file), `${index}/${count}`);
        assert.equal(status, 0, failuresIn(output));
        assert.match(output, /\bpass [1-9]/, 'a share without tests proves nothing');
      });
    }
  });
}

function run(file: string, shard: string): Promise<{ readonly status: number | null; readonly output: string }> {
  // Without the variable by which a test process knows that its parent reads results and not text.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--import', 'tsx', '--test', '--test-reporter=spec', file];
  const child = spawn(process.execPath, args, {
    env: { ...env, RULE_SHARD: shard },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, output }));
  });
}

/** The list at the end of a report, or all of it when there is none. */
function failuresIn(output: string): string {
  return output.slice(Math.max(0, output.lastIndexOf('failing tests:')));
}
