import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecords, writeRecords } from '#engine/checklist/judging/records.ts';

const line = (item: string, rule = 'security/a', commit = 'abc123') => JSON.stringify({ item, rule, commit });

test('records survive being written and read, sorted, each in its line', () => {
  const records = [
    { item: 'b.md#x', rule: 'security/b', commit: 'abc' },
    { item: 'a.md#y "quoted"\n', rule: 'security/b', commit: '' },
    { item: 'b.md#x', rule: 'security/a', commit: 'def' },
  ];
  const text = writeRecords(records);
  assert.deepEqual(text.trimEnd().split('\n').length, 3);
  assert.equal(writeRecords(records.toReversed()), text);
  const { byItem, problems } = readRecords(text);
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.fromEntries(byItem.get('b.md#x') ?? []), { 'security/b': 'abc', 'security/a': 'def' });
  assert.equal(byItem.get('a.md#y "quoted"\n')?.get('security/b'), '');
});

test('nothing is remembered without a file', () => {
  assert.deepEqual(readRecords(undefined).problems, []);
  assert.equal(writeRecords([]), '');
});

test('lines that are wrong are told about and the others kept', () => {
  const text = [
    line('a.md#one'),
    '<<<<<<< HEAD',
    'not json',
    '{"item":"a.md#two","rule":"no slash","commit":"abc"}',
    '{"item":"a.md#two","rule":"security/a","commit":"$(rm)"}',
    '{"item":"a.md#two","rule":"security/a","commit":"abc","more":1}',
    '[]',
    'null',
    '{"__proto__":{"item":1}}',
    line('a.md#three'),
  ].join('\r\n');
  const { byItem, problems } = readRecords(text);
  assert.deepEqual([...byItem.keys()], ['a.md#one', 'a.md#three']);
  assert.deepEqual(
    problems.map((problem) => problem.line),
    [2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.match(problems[0]?.message ?? '', /merge/);
  assert.match(problems[3]?.message ?? '', /commit/);
});

test('a hostile file is refused with one message, or with few', () => {
  const huge = readRecords(`${'x'.repeat(17 * 1024 * 1024)}\n`);
  assert.equal(huge.problems.length, 1);
  assert.match(huge.problems[0]?.message ?? '', /16 MB/);
  assert.equal(readRecords('junk\n'.repeat(100_000)).problems.length, 20);
  assert.equal(readRecords(`${'['.repeat(100_000)}\n`).problems.length, 1);
});
