import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzTypes } from './editFuzz.ts';

/** Set to run longer than the usual test run allows. */
const EDITS = Number(process.env['TYPE_FUZZ_EDITS'] ?? 1000);

describe('types under random edits', () => {
  for (const seed of [1, 2]) {
    it(`agree with a fresh program (seed ${seed})`, async () => {
      const { edits, findings, reused, differences } = await fuzzTypes({ seed, edits: EDITS });
      assert.deepEqual(differences.slice(0, 1), []);
      assert.equal(edits, EDITS);
      assert.ok(findings > edits * 10, 'the project must have something to say');
      assert.ok(reused > edits, 'results must be reused, or nothing was proved');
    });
  }

  it('are found wrong when dependants of an edited body are left as they were', async () => {
    const isBodyLine = (line: string): boolean => !line.includes('function ');
    const { differences } = await fuzzTypes({ seed: 3, edits: 300, forget: isBodyLine });
    assert.ok(differences.length > 0);
  });
});
