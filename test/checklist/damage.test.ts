import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { charsets, damage } from '#engine/checklist/codePages.ts';
import type { ChecklistDocument } from '#engine/checklist/model.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { repair } from '#engine/checklist/repair.ts';
import { knownSymbols, symbolAt } from '#engine/checklist/symbols.ts';
import { assertExact } from './invariants.ts';

const folder = new URL('./fixtures/', import.meta.url);

/** What a document says, without places and without the characters of its marks. */
function meaning(document: ChecklistDocument): unknown {
  return JSON.parse(
    JSON.stringify(document, (key, value: unknown) =>
      /span$/i.test(key) || ['mark', 'start', 'end'].includes(key) ? undefined : value,
    ),
  );
}

for (const name of readdirSync(folder).filter((file) => /^(?!playbook|damaged).*\.md$/.test(file))) {
  for (const charset of charsets) {
    test(`reads ${name} as if it had not been saved as ${charset}`, () => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const damaged = damage(text, charset);
      const document = parseChecklist('/a.md', damaged);
      assert.deepEqual(meaning(document), meaning(parseChecklist('/a.md', text)));
      assertExact(document, damaged);
    });
  }
}

test('knows every symbol in every damage, with and without the characters that nobody sees', () => {
  for (const symbol of knownSymbols) {
    for (const charset of charsets) {
      const damaged = damage(symbol, charset);
      assert.equal(repair(`- ${damaged} x`).text, `- ${symbol} x`, `${symbol} ${charset}`);
      const seen = damaged.replace(/[\u0080-\u009f\uf8ff]/g, '');
      if (seen.length > 1) assert.equal(repair(`- ${seen} x`).text, `- ${symbol} x`, `${symbol} ${charset} seen`);
    }
  }
});

test('leaves words of other languages alone', () => {
  for (const text of [
    '„Äpfel“ und ‚Öl‘, naïve façade, “éléphant” — déjà vu',
    'São João, Übergröße, ångström, ÿ, œuvre, ðæt, Þór',
    'português: não; íslenska: það; français: âne, île',
  ]) {
    assert.equal(repair(text).text, text);
  }
});

test('tells where a mark was damaged', () => {
  const [item] = parseChecklist('/a.md', `- ${damage('✅', 'mac-roman')} a`).items;
  assert.equal(item?.mark?.mojibake, 'mac-roman');
  assert.equal(item?.mark?.text, '‚úÖ');
  assert.equal(parseChecklist('/a.md', '- ✅ a').items[0]?.mark?.mojibake, undefined);
  assert.equal(symbolAt('✅', 0)?.status, 'done');
});
