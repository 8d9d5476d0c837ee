import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ManyEdits } from './manyEdits.ts';

it('ten thousand edits leave the heap as it was and the findings of a fresh run', () => {
  const program = fileURLToPath(new URL('./manyEdits.ts', import.meta.url));
  const child = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', program], {
    encoding: 'utf8',
    timeout: 240_000,
  });
  assert.equal(child.status, 0, child.stderr);
  const { heap, incremental, fresh } = JSON.parse(child.stdout) as ManyEdits;
  assert.ok(fresh.length > 20, 'there must be something to find');
  assert.deepEqual(incremental, fresh);
  const [, early = 0] = heap;
  const late = heap.at(-1) ?? Number.POSITIVE_INFINITY;
  assert.ok(
    late < early * 1.1,
    `MB in use after each tenth: ${heap.map((bytes) => Math.round(bytes / 1e6)).join(', ')}`,
  );
});
