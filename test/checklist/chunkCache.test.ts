import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ChunkCache } from '#engine/checklist/chunkCache.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { random } from '../rules/kit/random.ts';

const text = readFileSync(new URL('./fixtures/quick.md', import.meta.url), 'utf8');
const INSERTS = ['x', '\n', '\n\n', '# ', '- [ ] ', '```\n', '✅ ', '\t', '|', '<!--', '-->', '**', '> ', ' - '];

test('reads edited documents as if they were new', () => {
  const { next } = random(7);
  const cache = new ChunkCache();
  let edited = text;
  for (let round = 0; round < 120; round++) {
    const at = Math.floor(next() * edited.length);
    const insert = INSERTS[Math.floor(next() * INSERTS.length)] ?? '';
    const cut = next() < 0.4 ? Math.floor(next() * 30) : 0;
    edited = edited.slice(0, at) + insert + edited.slice(at + cut);
    assert.deepEqual(parseChecklist('/a.md', edited, cache), parseChecklist('/a.md', edited), `round ${round}`);
  }
});

test('reads a document twice from one cache without mixing the two', () => {
  const cache = new ChunkCache();
  const first = parseChecklist('/a.md', text, cache);
  const before = JSON.stringify(first);
  parseChecklist('/a.md', text.replaceAll('[ ]', '[x]'), cache);
  assert.equal(JSON.stringify(first), before);
});
