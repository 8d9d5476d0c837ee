import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, textsOf } from './spans.ts';

test('reads keys, quotes, comments and values over lines', () => {
  const text =
    '\ufeff# c\r\nexport A=1 # x\r\nB="a\\n\\"b" # y\r\nC=\'x\r\n#y\'\r\nD=\r\nE: v w\r\nF=a#b\r\nG=`q"`\r\nH = 😀 \r\nexport=1\r\n';
  const document = parsed('dotenv', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(
    document.entries.map(({ key, value, valueSpan }) => [key, value, ...textsOf(document, [valueSpan])]),
    [
      ['A', '1', '1'],
      ['B', 'a\n"b', 'a\\n\\"b'],
      ['C', 'x\r\n#y', 'x\r\n#y'],
      ['D', '', ''],
      ['E', 'v w', 'v w'],
      ['F', 'a', 'a'],
      ['G', 'q"', 'q"'],
      ['H', '😀', '😀'],
      ['export', '1', '1'],
    ],
  );
  assert.deepEqual(textsOf(document, document.comments), ['# c', '# x', '# y', '#b']);
});

test('mistakes are problems and cost one line', () => {
  const document = parsed('dotenv', 'bad line\nA=\'open\nB=1\nC="x" y\n=3\nD=4');
  assert.deepEqual(
    document.entries.map(({ key, value }) => `${key}=${value}`),
    ["A='open", 'B=1', 'C=x', 'D=4'],
  );
  assert.deepEqual(textsOf(document, document.problems), ['bad line', "'open", 'y', '=3']);
});
