import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HistoryRecord, historyLine, readHistory, withRecord } from '#report/history.ts';

const record = (at: string, P0 = 0): HistoryRecord => ({
  at,
  commit: 'abc123',
  findings: { P0, P1: 0, P2: 0, P3: 0 },
  blockers: 0,
  counted: 0,
  proven: 0,
  percent: null,
});

test('what is recorded is read back, oldest first, whatever the order of the lines', () => {
  const older = record('2026-01-01T00:00:00Z', 2);
  const newer = record('2026-02-01T01:00:00+02:00');
  const text = withRecord(withRecord(undefined, newer), older);
  assert.equal(text.split('\n').length, 3);
  assert.deepEqual(readHistory(text), { records: [older, newer], problems: [] });
});

test('adding a line leaves what is there byte for byte, also without a line end', () => {
  const line = historyLine(record('2026-01-01T00:00:00Z'));
  assert.equal(withRecord('odd', record('2026-01-01T00:00:00Z')), `odd\n${line}\n`);
  assert.equal(withRecord('\r\n', record('2026-01-01T00:00:00Z')), `\r\n${line}\n`);
});

test('a merge that kept a line twice counts once, and CRLF and a byte order mark do not matter', () => {
  const line = historyLine(record('2026-01-01T00:00:00Z'));
  assert.equal(readHistory(`\ufeff${line}\r\n${line}\r\n\r\n`).records.length, 1);
});

test('wrong lines are told about, each with its number, and the others count', () => {
  const good = historyLine(record('2026-01-01T00:00:00Z'));
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['<<<<<<< HEAD', /merge/],
    ['{', /not JSON/],
    ['[]', /not a record/],
    [good.replace('"percent":null', '"percent":101'), /percent is wrong/],
    [good.replace('2026-01-01T00', '2026-13-01T00'), /at is wrong/],
    [good.replace('abc123', '../../etc'), /commit is wrong/],
    [good.replace('"P0":0', '"P0":-1'), /findings\.P0 is wrong/],
    [good.replace('"P0":0', '"P0":1e300'), /findings\.P0 is wrong/],
  ];
  for (const [line, message] of wrong) {
    const { records, problems } = readHistory(`${good}\n${line}\n`);
    assert.deepEqual([records.length, problems.length, problems[0]?.line], [1, 1, 2], line);
    assert.match(problems[0]?.message ?? '', message);
  }
});

test('fields of a later version are ignored, prototypes are not polluted', () => {
  const line = historyLine(record('2026-01-01T00:00:00Z')).replace('{', '{"__proto__":{"polluted":1},"later":true,');
  const { records, problems } = readHistory(line);
  assert.deepEqual([records.length, problems], [1, []]);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('many wrong lines are told about once in a while only', () => {
  const { problems } = readHistory('x\n'.repeat(10_000));
  assert.equal(problems.length, 21);
});
