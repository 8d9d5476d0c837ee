import assert from 'node:assert/strict';
import { test } from 'node:test';
import nodeReleases from '#rules/delivery/dockerfile-outdated-node/nodeReleases.json' with { type: 'json' };
import packages from '#rules/security/deprecated-package/deprecatedPackages.json' with { type: 'json' };
import { deprecatedPackages, typeStubs } from '#rules/security/deprecated-package/deprecatedPackages.ts';
import stubs from '#rules/security/deprecated-package/typeStubs.json' with { type: 'json' };
import { isAtLeast, lowestVersion } from '#rules/security/deprecated-package/versions.ts';

const DAY = 24 * 60 * 60 * 1000;

for (const [name, { asOf }] of Object.entries({ 'deprecated packages': packages, 'type stubs': stubs })) {
  test(`the table of ${name} is less than a year old`, () => {
    const age = (Date.now() - Date.parse(asOf)) / DAY;
    assert.ok(age < 365, `taken on ${asOf}: run scripts/refreshDeprecatedPackages.ts`);
    assert.ok(age > -2, `${asOf} has not come yet`);
  });
}

/** `null` until somebody has asked the source. */
const TABLES: Readonly<Record<string, { asOf: string; source: string; checked: { on: string | null; what: string } }>> =
  {
    'deprecated packages': packages,
    'type stubs': stubs,
    'lines of Node': nodeReleases,
  };
for (const [name, { asOf, source, checked }] of Object.entries(TABLES)) {
  test(`the table of ${name} says where it is from and what was checked when`, () => {
    assert.ok(source.length > 0 && checked.what.length > 0);
    assert.ok(checked.on === null || (/^\d{4}-\d\d-\d\d$/.test(checked.on) && checked.on <= asOf));
  });
}

test('each notice has an address, and something to move to unless the package is to go', () => {
  for (const { name, notice, kind, successor, range } of deprecatedPackages.values()) {
    assert.match(notice, /^https:\/\//, name);
    assert.ok(kind === 'incompatible' || successor !== undefined, name);
    assert.ok(range === undefined || /^(?:@[\w.-]+\/)?[\w.-]+$/.test(successor ?? ''), name);
  }
});

test('no name is in a table twice, and versions can be read', () => {
  assert.equal(deprecatedPackages.size, packages.packages.length);
  assert.equal(typeStubs.size, stubs.stubs.length);
  for (const { library, from } of typeStubs.values()) assert.ok(lowestVersion(from), library);
});

for (const [range, version, expected] of [
  ['^4.0.0', '4.0.0', true],
  ['4', '4.0.0', true],
  ['3.x', '2.4.4', true],
  ['~2.4.3', '2.4.4', false],
  ['>=5.1', '5.0.0', true],
  ['^5.0.0-beta.1', '5.0.0', true],
  ['1.4.5-lts.1', '2.0.0', false],
  ['>=14 <18', '17.2.0', undefined],
  ['^3 || ^4', '4.0.0', undefined],
  ['latest', '1.0.0', undefined],
  ['', '1.0.0', undefined],
] as const) {
  test(`the range "${range}" and ${version}: ${String(expected)}`, () => {
    assert.equal(isAtLeast(range, version), expected);
  });
}
