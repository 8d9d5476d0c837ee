import assert from 'node:assert/strict';
import { test } from 'node:test';
import table from '#rules/delivery/dockerfile-outdated-node/nodeReleases.json' with { type: 'json' };
import { endOfNode, majorOfCodename } from '#rules/delivery/dockerfile-outdated-node/nodeReleases.ts';
import { outdatedRange } from '#rules/delivery/dockerfile-outdated-node/versions.ts';

const DAY = 24 * 60 * 60 * 1000;

test('the table of lines of Node is less than a year old', () => {
  const age = (Date.now() - Date.parse(table.asOf)) / DAY;
  assert.ok(age < 365, `taken on ${table.asOf}: run scripts/refreshNodeReleases.ts`);
  assert.ok(age > -2, `${table.asOf} has not come yet`);
});

test('lines end when the schedule says so', () => {
  assert.equal(endOfNode(18), '2025-04-30');
  assert.equal(endOfNode(24), undefined);
  assert.equal(endOfNode(99), undefined);
  assert.equal(majorOfCodename('Hydrogen'), 18);
  for (const { major, end } of table.lines) assert.equal(endOfNode(major), end < table.asOf ? end : undefined);
});

for (const [range, version] of [
  ['18', '18'],
  ['v16.x', '16'],
  ['^14.17 || ^16', '16'],
  ['>=14 <19', '18'],
  ['>=14 <18.5', '18'],
  ['>= 12 <= 16', '16'],
  ['12 - 18', '18'],
  ['>=14', undefined],
  ['^18 || >=20', undefined],
  ['*', undefined],
  ['lts', undefined],
  ['', undefined],
  ['^24', undefined],
] as const) {
  test(`the range "${range}" ${version === undefined ? 'lets in a maintained line' : `ends with ${version}`}`, () => {
    assert.equal(outdatedRange(range)?.version, version);
  });
}
