import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseChecklist } from '#engine/checklist/parse.ts';

const page = readFileSync(new URL('../../docs/checklist.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```md\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];

test('the page of checklists has examples for each form', () => {
  const forms = new Set(
    examples.flatMap(([, text = '']) => parseChecklist('/a.md', text).items.map(({ form }) => form)),
  );
  assert.deepEqual([...forms].sort(), ['continued', 'heading', 'marked', 'row', 'tabRow', 'task']);
});

for (const [, text = '', expected = ''] of examples) {
  test(`reads the example "${text.trim().split('\n').at(-1)?.slice(0, 40)}" as the page says`, () => {
    const lines = parseChecklist('/a.md', text).items.map(
      ({ status, priority, title }) => `${status} ${priority?.level ?? '-'} ${title}\n`,
    );
    assert.equal(lines.join(''), expected);
  });
}

test('the page names the limit there is', () => {
  const text = '- [ ] a\n'.repeat(50_001);
  assert.deepEqual(parseChecklist('/a.md', text).items, []);
  assert.match(page, /above 400,000 characters/);
});

test('reads the comments that the page explains', () => {
  const items = examples.flatMap(([, text = '']) => parseChecklist('/a.md', text).items);
  assert.deepEqual(
    items.flatMap(({ links }) => links.map(({ rule }) => rule)),
    ['security/weak-crypto'],
  );
  const waiver = items.find((item) => item.waiver !== undefined)?.waiver;
  assert.deepEqual(
    { ...waiver, span: undefined },
    { until: '2031-05-01', owner: 'lena', reason: 'the map host is ours', span: undefined },
  );
});
