import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, textsOf } from './spans.ts';

test('reads patterns, exceptions and comments', () => {
  const text = '\ufeff# c\r\n.git\r\n  **/*.log \r\n!keep.log\r\n! spaced\r\n #named\r\na b\r\n\r\n/dist/';
  const document = parsed('ignore', text);
  assert.deepEqual(document.problems, []);
  assert.deepEqual(
    document.entries.map(({ pattern, isException, span }) => [pattern, isException, ...textsOf(document, [span])]),
    [
      ['.git', false, '.git'],
      ['**/*.log', false, '**/*.log'],
      ['keep.log', true, '!keep.log'],
      ['spaced', true, '! spaced'],
      ['#named', false, '#named'],
      ['a b', false, 'a b'],
      ['/dist/', false, '/dist/'],
    ],
  );
  assert.deepEqual(textsOf(document, document.comments), ['# c']);
});

test('an exception of nothing is a problem and costs its line', () => {
  const document = parsed('ignore', '.git\n!\n.env\n');
  assert.deepEqual(
    document.entries.map(({ pattern }) => pattern),
    ['.git', '.env'],
  );
  assert.deepEqual(textsOf(document, document.problems), ['!']);
});
