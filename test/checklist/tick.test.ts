import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { TextEdit } from '#engine/api/finding.ts';
import { damage } from '#engine/checklist/codePages.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { tick } from '#engine/checklist/tick.ts';

const folders = [fileURLToPath(new URL('./fixtures', import.meta.url)), process.env['CHECKLIST_SEEDS'] ?? ''];

function apply(text: string, { start, end, newText }: TextEdit): string {
  return text.slice(0, start) + newText + text.slice(end);
}

/** Ticks and unticks every item: only its mark changes, its status follows, and twice restores every byte. */
function assertTicks(text: string, all: boolean): number {
  const { items } = parseChecklist('/a.md', text);
  // Reading a large document once for each of its items takes long; every seventh stands for the rest.
  const step = all || items.length < 100 ? 1 : 7;
  let ticked = 0;
  items.forEach((item, index) => {
    const done = item.status !== 'done';
    const edit = tick('/a.md', text, item, done);
    if (item.mark === undefined || edit === undefined) {
      assert.equal(item.mark?.toggled, undefined, item.id);
      return;
    }
    ticked++;
    assert.deepEqual({ start: edit.start, end: edit.end }, item.mark.span, item.id);
    const after = apply(text, edit);
    assert.equal(after.slice(0, edit.start), text.slice(0, edit.start));
    assert.equal(after.slice(edit.start + edit.newText.length), text.slice(edit.end));
    assert.equal(tick('/a.md', text, item, !done), undefined, `${item.id} is as asked already`);
    const back = tick('/a.md', after, item, !done);
    assert.ok(back, item.id);
    assert.equal(apply(after, back), text, `${item.id} twice`);
    if (index % step > 0) return;
    const reread = parseChecklist('/a.md', after).items;
    assert.equal(reread.length, items.length, item.id);
    for (const [at, other] of reread.entries()) {
      assert.equal(other.id, items[at]?.id);
      assert.equal(
        other.status === 'done',
        at === index ? done : items[at]?.status === 'done',
        `${item.id}: ${other.id}`,
      );
    }
  });
  return ticked;
}

for (const folder of folders.filter((path) => path !== '')) {
  for (const name of readdirSync(folder).filter((file) => /\.(?:md|txt)$/.test(file))) {
    const text = readFileSync(join(folder, name), 'utf8');
    if (parseChecklist('/a.md', text).items.length === 0) continue;
    test(`ticks every item of ${name} and nothing else`, () => {
      assert.ok(assertTicks(text, false) > 0);
    });
    test(`ticks every item of ${name} with CRLF and a byte order mark`, () => {
      assertTicks(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, false);
    });
  }
}

/** The mark of the only item, and what a fresh reading makes of it when it is toggled once and twice. */
function toggles(line: string): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  let text = line;
  for (let round = 0; round < 2; round++) {
    const [item] = parseChecklist('/a.md', text).items;
    const edit = item === undefined ? undefined : tick('/a.md', text, item, item.status !== 'done');
    texts.push(edit === undefined ? undefined : apply(text, edit));
    text = texts.at(-1) ?? text;
  }
  return texts;
}

test('gives a mark its opposite, and takes it back after reading anew', () => {
  for (const [line, once] of [
    ['- [ ] a', '- [x] a'],
    ['- [x] a', '- [ ] a'],
    ['- ✅ a', '- ❌ a'],
    ['- ✔️ a', '- ✖️ a'],
    ['- ☐ a', '- ☑ a'],
    ['- ❌ a', '- ✅ a'],
    ['## A rule ✅ FIXED', '## A rule ❌ NOT FIXED'],
    ['1. ✅ **COMPLETED** - a', '1. ❌ **NOT COMPLETED** - a'],
    ['- ✅ Done - a', '- ❌ Not Done - a'],
    [`- ${damage('✅', 'mac-roman')} a`, `- ${damage('❌', 'mac-roman')} a`],
    [`- ${damage('✅', 'windows-1252')} a`, `- ${damage('❌', 'windows-1252')} a`],
    ['| Task | Status |\n|---|---|\n| a | Not Done |', '| Task | Status |\n|---|---|\n| a | Done |'],
  ] as const) {
    assert.deepEqual(toggles(line), [once, line], line);
  }
});

test('ticks what is half done', () => {
  for (const [line, once] of [
    ['- [~] a', '- [x] a'],
    ['- [-] a', '- [x] a'],
    ['- ⚠️ a', '- ✅ a'],
    ['- 🔄 **IN PROGRESS** - a', '- ✅ **DONE** - a'],
    ['- ❌ Not Started - a', '- ✅ Done - a'],
    ['- ✅ Partial - a', '- ✅ Done - a'],
    ['- ⏳ Pending: a', '- ✅ Done: a'],
  ] as const) {
    assert.equal(toggles(line)[0], once);
  }
});

test('writes the letter that the writer of the document uses', () => {
  const text = '- [X] a\n- [ ] b\n';
  const item = parseChecklist('/a.md', text).items[1];
  assert.ok(item);
  assert.equal(tick('/a.md', text, item, true)?.newText, '[X]');
});

test('leaves alone what it cannot turn round', () => {
  assert.deepEqual(toggles('| Task | Status |\n|---|---|\n| a | 🟢 |'), [undefined, undefined]);
  assert.deepEqual(toggles('- ⏭️ Skipped - a'), [undefined, undefined]);
  const text = '- [ ] a\n';
  const item = parseChecklist('/a.md', text).items[0];
  assert.ok(item);
  assert.equal(tick('/a.md', 'Something else', item, true), undefined);
});
