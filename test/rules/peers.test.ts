import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PEERS, type PeerCase, peerTools } from '../../scripts/gen/peers.ts';
import { ruleFolders } from '../../scripts/gen/ruleFolders.ts';
import type { Expectation } from './kit/annotations.ts';
import { type Fixture, fixturesOf } from './kit/fixtures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ruleFolders(root);

/** What a fixture announces, all of it or on lines that hold a text. */
function announced(fixture: Fixture, line: string | undefined): readonly Expectation[] {
  return [...fixture.files].flatMap(([path, text]) => {
    const all = fixture.expectations.get(path) ?? [];
    return line === undefined ? all : all.filter(({ start }) => lineAt(text, start).includes(line));
  });
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? undefined : end + 1);
}

function flawOf({ here, fixture: name, line }: PeerCase, fixtures: readonly Fixture[]): string | undefined {
  const fixture = fixtures.find((other) => other.name === name);
  if (fixture === undefined) return `${name}: there is no such fixture`;
  if (line !== undefined && ![...fixture.files.values()].some((text) => text.includes(line)))
    return `${name}: nothing in it says "${line}"`;
  const messages = announced(fixture, line).map(({ messageId }) => messageId);
  if (here === 'silent') return messages.length === 0 ? undefined : `${name}: it announces ${messages}`;
  return messages.includes(here) ? undefined : `${name}: it does not announce ${here}`;
}

for (const { id, path, peers } of folders) {
  if (peers === undefined || 'none' in peers) continue;
  test(`${id} does what the comparison with other tools says`, () => {
    const fixtures = fixturesOf(join(root, path));
    const cases = peers.flatMap((comparison) => comparison.cases);
    assert.deepEqual(
      cases.flatMap((each) => flawOf(each, fixtures) ?? []),
      [],
    );
  });
}

test('each rule of another tool is compared, or has a reason why not, and not both', () => {
  const tools = peerTools(root);
  assert.ok(tools, 'rules/peers.json is missing');
  const compared = folders.flatMap(({ peers }) => (peers === undefined || 'none' in peers ? [] : peers));
  for (const name of PEERS) {
    const own = new Set(compared.filter(({ tool }) => tool === name).map(({ rule }) => rule));
    assert.ok(own.size > 0, `nothing is compared with ${name}`);
    const named: readonly string[] = [...own, ...tools[name].others.flatMap(({ rules }) => rules)];
    assert.deepEqual(
      named.filter((rule, index) => named.indexOf(rule) !== index),
      [],
    );
  }
});

test('a comparison that names no fixture, or announces something else, is told', () => {
  const fixtures = fixturesOf(join(root, 'rules/delivery/dockerfile-unpinned-base'));
  const about = { when: 'latest', there: 'reports', fixture: 'moving', line: 'nginx:latest' } as const;
  assert.equal(flawOf({ ...about, here: 'moving' }, fixtures), undefined);
  assert.match(flawOf({ ...about, here: 'untagged' }, fixtures) ?? '', /does not announce untagged/);
  assert.match(flawOf({ ...about, here: 'silent' }, fixtures) ?? '', /announces moving/);
  assert.match(flawOf({ ...about, here: 'moving', fixture: 'none' }, fixtures) ?? '', /no such fixture/);
  assert.match(flawOf({ ...about, here: 'moving', line: 'httpd' }, fixtures) ?? '', /nothing in it says/);
});
