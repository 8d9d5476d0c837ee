import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rules } from '#rules/index.generated.ts';
import { barOf, judgementsIn, precisionOf } from '../../scripts/gen/judgements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const onByDefault = rules.filter(({ meta }) => meta.enabled !== false);

/**
 * They speak of documents that name a rule, or a file and the words of one. Public documents do not know Airworthy, so only
 * their silence can be seen there; labelled workspaces (`test/checklist/labelled.test.ts`) show that they are right.
 */
const needLinks = new Set([
  'checklist/contradicted-claim',
  'checklist/satisfied-but-open',
  'checklist/invalid-annotation',
]);

for (const { id, meta } of onByDefault) {
  test(`${id} was judged on public code and is right often enough to be on by default`, () => {
    const rows = judgementsIn(root, `rules/${id}`);
    assert.ok(
      rows.length >= 8,
      `judged on ${rows.length} repositories; at least eight are asked, or \`enabled: false\``,
    );
    const { share } = precisionOf(rows);
    if (share === undefined && needLinks.has(id)) return;
    assert.ok(share !== undefined, 'nothing was found anywhere, so nothing is known about what it would report');
    assert.ok(share >= barOf(meta.priority), `${(share * 100).toFixed(1)} % right`);
  });
}
