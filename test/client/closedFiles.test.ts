import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editBytes } from '../../client/closedFiles.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const box = (line: number, character: number) => [
  { range: { start: { line, character }, end: { line, character: character + 3 } }, newText: '[x]' },
];

test('all bytes but those of the edit stay: byte order mark, mixed line ends, no last line end, surrogates', () => {
  const before = '\ufeff# A 🛫\r\n- [ ] one\r- [ ] two\n\n- [ ] ünï ✅';
  for (const [line, word] of [
    [1, 'one'],
    [2, 'two'],
    [4, 'ünï'],
  ] as const) {
    const after = editBytes(bytes(before), box(line, 2));
    assert.deepEqual(after, bytes(before.replace(`[ ] ${word}`, `[x] ${word}`)));
  }
});

test('bytes that are not UTF-8 are refused: they would not survive', () => {
  assert.equal(editBytes(new Uint8Array([0x2d, 0x20, 0x5b, 0x20, 0x5d, 0xe9]), box(0, 2)), undefined);
});
