import assert from 'node:assert/strict';
import type { Span } from '#engine/api/finding.ts';
import type { ChecklistDocument, ChecklistItem } from '#engine/checklist/model.ts';
import { repair } from '#engine/checklist/repair.ts';

function within(inner: Span, outer: Span, what: string): void {
  assert.ok(inner.start >= outer.start && inner.end <= outer.end && inner.start <= inner.end, what);
}

/** Words of a text without what Markdown and line breaks put between them. */
function letters(text: string): string {
  return (
    repair(text)
      .text.replace(/&\w+;|\]\([^)]*\)|\]\[[^\]]*\]/g, '')
      .match(/[\p{L}\p{N}]+/gu)
      ?.join('') ?? ''
  );
}

function assertItem(item: ChecklistItem, text: string): void {
  const where = `line ${item.line}: ${item.title}`;
  const whole = { start: 0, end: text.length };
  within(item.span, whole, where);
  within(item.titleSpan, item.span, `title of ${where}`);
  assert.ok(item.title.trim() !== '', where);
  assert.equal(letters(text.slice(item.titleSpan.start, item.titleSpan.end)), letters(item.title), where);
  assert.equal(text.slice(0, item.titleSpan.start).split(/\r\n?|\n/).length, item.line, where);
  if (item.mark !== undefined) {
    assert.equal(text.slice(item.mark.span.start, item.mark.span.end), item.mark.text, where);
  }
  for (const reference of item.references) {
    const written = text.slice(reference.span.start, reference.span.end);
    assert.ok(written.startsWith(reference.path), `${where}: ${written}`);
    for (const { from, to } of reference.lines) assert.ok(from >= 1 && to >= from, where);
  }
  for (const field of item.fields) {
    assert.equal(repair(text.slice(field.span.start, field.span.end)).text, field.value, `${where}: ${field.name}`);
  }
  for (const link of item.links) assert.equal(text.slice(link.span.start, link.span.end), link.rule, where);
}

/** What holds for every document: places say what is there, ids are unique, parents come before their children. */
export function assertExact(document: ChecklistDocument, text: string): void {
  assert.deepEqual(JSON.parse(JSON.stringify(document)), JSON.parse(JSON.stringify(structuredClone(document))));
  const sections = new Set<string>();
  for (const section of document.sections) {
    assert.ok(!sections.has(section.id), `section ${section.id} twice`);
    if (section.parent !== undefined) assert.ok(sections.has(section.parent), section.id);
    sections.add(section.id);
    within(section.headingSpan, section.span, section.title);
  }
  const ids = new Set<string>();
  let last = -1;
  for (const item of document.items) {
    assert.ok(!ids.has(item.id), `item ${item.id} twice`);
    if (item.parent !== undefined) assert.ok(ids.has(item.parent), `${item.id}: parent ${item.parent}`);
    if (item.section !== undefined) assert.ok(sections.has(item.section), item.id);
    ids.add(item.id);
    assert.ok(item.span.start >= last, `line ${item.line} is out of order`);
    last = item.span.start;
    assertItem(item, text);
  }
  for (const bar of document.bars) {
    if (bar.percentSpan !== undefined) {
      assert.equal(Number.parseFloat(text.slice(bar.percentSpan.start, bar.percentSpan.end)), bar.percent);
    }
    if (bar.sums?.kind === 'sections') for (const id of bar.sums.ids) assert.ok(sections.has(id));
  }
  for (const { reference } of document.locations) {
    assert.ok(text.slice(reference.span.start, reference.span.end).startsWith(reference.path), reference.path);
  }
}
