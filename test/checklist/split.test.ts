import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Assembler } from '#engine/checklist/assemble.ts';
import { readChunk } from '#engine/checklist/chunk.ts';
import type { ChecklistItem } from '#engine/checklist/model.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { Placer } from '#engine/checklist/placer.ts';
import { repair } from '#engine/checklist/repair.ts';
import { random } from '../rules/kit/random.ts';

const INSERTS = [
  'x',
  '\n',
  '\n\n',
  '\n# A\n',
  '\n\n## B\n\n',
  '- [ ] ',
  '\n```\n',
  '\n~~~\n',
  '\n  ```js\n',
  '✅ ',
  '\n<!--\n',
  '\n-->\n',
  '> ',
  '\n    ',
  '\n1. ',
  '\n- ```\n',
  '\n<pre>\n',
  '\n</pre>\n',
];

/** Reads a text as one piece. */
function readWhole(text: string): readonly ChecklistItem[] {
  const repaired = repair(text);
  const assembler = new Assembler(new Placer(text, repaired));
  assembler.take(readChunk(repaired.text).drafts, true);
  return assembler.finish(text.length).items;
}

for (const name of ['quick', 'hardening', 'matrix', 'plan']) {
  test(`reads ${name}.md in pieces as in one`, () => {
    const text = readFileSync(new URL(`./fixtures/${name}.md`, import.meta.url), 'utf8');
    const { next } = random(name.length);
    let edited = text;
    for (let round = 0; round < 60; round++) {
      assert.deepEqual(parseChecklist('/a.md', edited).items, readWhole(edited), `round ${round}`);
      if (round % 6 === 0) edited = text;
      const at = Math.floor(next() * edited.length);
      const insert = INSERTS[Math.floor(next() * INSERTS.length)] ?? '';
      edited = edited.slice(0, at) + insert + edited.slice(at);
    }
  });
}
