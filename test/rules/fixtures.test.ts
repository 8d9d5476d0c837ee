/**
 * Runs every rule folder: fixtures, fixes, twins, README. `RULE=part-of-id` runs fewer, `UPDATE_FIXTURES=1` writes the
 * twins that fixes produce.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules/index.generated.ts';
import { ruleFolders } from '../../scripts/gen/ruleFolders.ts';
import { type Examination, examine } from './kit/examine.ts';
import { fixturesOf } from './kit/fixtures.ts';
import { inShards } from './kit/shards.ts';
import { coverageProblems, documentationProblems } from './kit/wholeRule.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env['RULE'] ?? '';

const folders = ruleFolders(repository).filter(({ id }) => id.includes(wanted));

inShards(import.meta.url, folders, (folder) => {
  describe(folder.id, () => {
    const rule = rules.find(({ id }) => id === folder.id);
    assert.ok(rule, `${folder.id} is not in the index; run npm run gen`);
    const fixtures = fixturesOf(join(repository, folder.path));
    const examinations: Examination[] = [];

    for (const fixture of fixtures) {
      it(fixture.name, async () => {
        const examination = await examine(fixture, { rule, rules, options: fixture.options });
        examinations.push(examination);
        assert.deepEqual(examination.problems, []);
      });
    }

    it('shows every message, fix and option in a fixture', () => {
      assert.deepEqual(coverageProblems(rule, fixtures, examinations), []);
    });

    it('has a README whose examples hold', async () => {
      assert.deepEqual(await documentationProblems(folder.readme, { rule, rules, options: undefined }), []);
    });
  });
});
