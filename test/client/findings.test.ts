import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupFindings, type ShownFinding } from '../../client/findings/groups.ts';

const finding = (path: string, line: number, rule: string, priority: ShownFinding['priority']): ShownFinding => ({
  uri: `file:///w/${path}`,
  path,
  line,
  character: 0,
  rule,
  message: 'It is so.',
  priority,
});

const findings = [
  finding('b.ts', 9, 'x/two', 'P1'),
  finding('b.ts', 2, 'x/two', 'P1'),
  finding('a.ts', 5, 'x/one', 'P2'),
  finding('b.ts', 1, 'x/one', 'P0'),
];

const shape = (by: 'priority' | 'rule' | 'file') =>
  groupFindings(findings, by).map((group) => [group.label, group.findings.map(({ path, line }) => `${path}:${line}`)]);

test('findings are grouped by priority, the most urgent first', () => {
  assert.deepEqual(shape('priority'), [
    ['P0 · Critical', ['b.ts:1']],
    ['P1 · High', ['b.ts:2', 'b.ts:9']],
    ['P2 · Medium', ['a.ts:5']],
  ]);
});

test('findings are grouped by rule and by file, by the most urgent in them', () => {
  assert.deepEqual(shape('rule'), [
    ['x/one', ['a.ts:5', 'b.ts:1']],
    ['x/two', ['b.ts:2', 'b.ts:9']],
  ]);
  assert.deepEqual(shape('file'), [
    ['b.ts', ['b.ts:1', 'b.ts:2', 'b.ts:9']],
    ['a.ts', ['a.ts:5']],
  ]);
});

test('ids stay the same when findings come and go', () => {
  const before = groupFindings(findings, 'rule').map(({ id }) => id);
  assert.deepEqual(
    groupFindings(findings.slice(1), 'rule').map(({ id }) => id),
    before,
  );
});
