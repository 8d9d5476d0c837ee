import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsed, plain, textsOf } from './spans.ts';

test('reads values, comments and trailing commas with exact spans', () => {
  const document = parsed(
    'json',
    '\ufeff{\r\n  // why\r\n  "n😀": "a\\u0041", /* b */\r\n  "l": [1, -2.5e3, true, null, {},],\r\n}\r\n',
  );
  assert.deepEqual(document.problems, []);
  assert.deepEqual(plain(document.roots[0]), { 'n😀': 'aA', l: [1, -2500, true, null, {}] });
  assert.deepEqual(textsOf(document, document.comments), ['// why', '/* b */']);
  const root = document.roots[0];
  assert.ok(root?.kind === 'object');
  assert.deepEqual(
    root.entries.map((entry) => textsOf(document, [entry.keySpan, entry.value?.span ?? entry.span])),
    [
      ['"n😀"', '"a\\u0041"'],
      ['"l"', '[1, -2.5e3, true, null, {},]'],
    ],
  );
});

test('an empty file has no root', () => {
  assert.deepEqual(parsed('json', '').roots, []);
  assert.deepEqual(parsed('json', '  // nothing\n').roots, []);
});

test('goes on after mistakes', () => {
  const cases: readonly [string, unknown][] = [
    ['{"a": 1 "b": 2}', { a: 1, b: 2 }],
    ['{"a": , "b": 2}', { a: undefined, b: 2 }],
    ['{"a":\n "b": 2}', { a: undefined, b: 2 }],
    ['{"a" 1, b: 2}', { a: 1, b: 2 }],
    ['{"a": {"b": [1, 2}', { a: { b: [1, 2] } }],
    ["{'a': 1}", { a: 1 }],
    ['[1 2, , 3]', [1, 2, 3]],
    ['{"a": "open\n, "b": 1}', { a: 'open', b: 1 }],
    ['{"a": 1} {"b": 2}', { a: 1 }],
    ['{"a"', { a: undefined }],
  ];
  for (const [text, value] of cases) {
    const document = parsed('json', text);
    assert.deepEqual(plain(document.roots[0]), value, text);
    assert.notEqual(document.problems.length, 0, text);
  }
});

test('a bracket that closes an outer container closes the inner ones', () => {
  const document = parsed('json', '{"a": [1, {"b": 2}, "c": 3}');
  assert.deepEqual(textsOf(document, document.problems).at(-1), '}');
});

test('nesting of 5,000 levels is cut off, and the rest is read', () => {
  const document = parsed('json', `{"deep": ${'['.repeat(5000)}${']'.repeat(5000)}, "after": 1}`);
  assert.equal(document.problems.length, 1);
  assert.equal(document.roots[0]?.kind === 'object' ? document.roots[0].entries[1]?.key : undefined, 'after');
});
