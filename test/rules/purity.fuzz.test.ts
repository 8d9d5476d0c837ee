/**
 * Edits every fixture at random: what a rule says after edits has to be what it says about the text from scratch. A
 * difference means that the rule reads more than its scope, so that cached results lie. `PURITY_EDITS` and
 * `PURITY_SECONDS` (for each rule) make longer runs, `PURITY_SEED` other ones, `RULE=part-of-id` fewer.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules/index.generated.ts';
import { fixturesOf } from './kit/fixtures.ts';
import { describeImpurity, findImpurity } from './kit/fuzz.ts';
import { inShards } from './kit/shards.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.env['RULE'] ?? '';
const edits = Number(process.env['PURITY_EDITS'] ?? 200);
const seconds = Number(process.env['PURITY_SECONDS'] ?? 2);
const seed = Number(process.env['PURITY_SEED'] ?? 1);

const fuzzed = rules.filter(({ id }) => id.includes(wanted));

inShards(import.meta.url, fuzzed, (tested) => {
  const fixtures = fixturesOf(join(repository, 'rules', tested.id));
  const share = (seconds * 1000) / Math.max(1, fixtures.length);
  describe(tested.id, () => {
    for (const fixture of fixtures) {
      it(`stays pure in ${fixture.name}`, async () => {
        const selection = { rule: tested, rules: [tested], options: fixture.options };
        const deadline = performance.now() + share;
        const impurity = await findImpurity(fixture, selection, { seed, edits, deadline });
        assert.equal(impurity && describeImpurity(impurity), undefined);
      });
    }
  });
});
