import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzTypes } from './editFuzz.ts';

/** Longer runs than a test run allows: `TYPE_FUZZ_EDITS=10000 TYPE_FUZZ_SECONDS=600`. */
const EDITS = Number(process.env['TYPE_FUZZ_EDITS'] ?? 400);
const SECONDS = Number(process.env['TYPE_FUZZ_SECONDS'] ?? 20);

describe('types under random edits', () => {
  for (const seed of [1, 2]) {
    it(`agree with a fresh program (seed ${seed})`, async () => {
      const deadline = performance.now() + SECONDS * 1000;
      const { edits, findings, reused, differences } = await fuzzTypes({ seed, edits: EDITS, deadline });
      assert.deepEqual(differences.slice(0, 1), []);
      assert.ok(edits > 0);
      assert.ok(findings > edits * 10, 'the project must have something to say');
      assert.ok(reused > edits, 'results must be reused, or nothing was proved');
    });
  }

  it('are found wrong when dependants of an edited body are left as they were', async () => {
    const isBodyLine = (line: string): boolean => !line.includes('function ');
    const { differences } = await fuzzTypes({ seed: 8, edits: 300, forget: isBodyLine });
    assert.ok(differences.length > 0);
  });
});
