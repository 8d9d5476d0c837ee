import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Nodes } from 'mdast';
import { NO_HANG, parsed, textsOf } from './spans.ts';

function find(node: Nodes, type: Nodes['type']): Nodes[] {
  return [
    ...(node.type === type ? [node] : []),
    ...('children' in node ? node.children.flatMap((child) => find(child, type)) : []),
  ];
}

test('task lists, tables and offsets behind a byte order mark, CRLF and emoji', () => {
  const text = '\ufeff# 😀 T\r\n\r\n- [x] done `a.ts:1`\r\n- [ ] open\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | ✅ |\r\n';
  const document = parsed('markdown', text);
  const items = find(document.root, 'listItem');
  assert.deepEqual(
    items.map((item) => [
      item.type === 'listItem' && item.checked,
      text.slice(item.position?.start.offset, item.position?.end.offset),
    ]),
    [
      [true, '- [x] done `a.ts:1`'],
      [false, '- [ ] open'],
    ],
  );
  const cells = find(document.root, 'tableCell').map((cell) =>
    text.slice(cell.position?.start.offset, cell.position?.end.offset),
  );
  assert.deepEqual(cells.slice(2), ['| 1 ', '| ✅ |']);
  const [heading] = find(document.root, 'heading');
  assert.deepEqual(heading?.position?.start, { line: 1, column: 2, offset: 1 });
});

test('comments in blocks and in text, not in code', () => {
  const text =
    '<!-- a -->\n\nx <!-- b --> y\n\n<div><!-- c --></div>\n\n    <!-- code -->\n\n`<!-- d -->`\n\n```\n<!-- e -->\n```\n\n<!-- f\n\n-->\n';
  const document = parsed('markdown', text);
  assert.deepEqual(textsOf(document, document.comments), ['<!-- a -->', '<!-- b -->', '<!-- c -->', '<!-- f\n\n-->']);
});

test('what would take the parser quadratic time is left out, and everything around it is read', () => {
  const hostile: readonly string[] = [
    '*a_ '.repeat(5000),
    '['.repeat(15_000),
    '>'.repeat(5000),
    '>- '.repeat(3000),
    '- '.repeat(5000),
    'x'.repeat(30_000),
  ];
  for (const line of hostile) {
    const started = performance.now();
    const document = parsed('markdown', `# before\n\n${line}\n\n- [x] after\n`);
    assert.ok(performance.now() - started < NO_HANG, line.slice(0, 20));
    assert.equal(document.problems.length, 1, line.slice(0, 20));
    assert.equal(find(document.root, 'heading').length, 1, line.slice(0, 20));
    assert.equal(find(document.root, 'listItem').length, 1, line.slice(0, 20));
  }
});

test('hostile texts of many lines end early', () => {
  for (const text of [
    'a\n-\n',
    'a\n-\n\n',
    '> a\nb\n',
    '- - - - a\n',
    '*a_ *a_\n',
    '[^a]: b\n\n',
    '# a\n',
    `${' '.repeat(50)}- a\n`,
  ]) {
    const started = performance.now();
    const document = parsed('markdown', text.repeat(300_000 / text.length));
    assert.ok(performance.now() - started < NO_HANG, text);
    // Marks that may be pairs are counted by paragraph: there single lines are left out.
    const expected = text.startsWith('*')
      ? 'This line is too long or too deeply nested to be read as Markdown.'
      : 'The document is too large; what follows was not read.';
    assert.deepEqual([...new Set(document.problems.map(({ message }) => message))], [expected], text);
  }
});

test('ordinary documents are not touched: long code, tables of links, changelogs', () => {
  const texts = [
    `\`\`\`json\n${'{"a": [1, *b*, `c`, <d>]},\n'.repeat(3000)}\`\`\`\n`,
    `| a | b |\n|---|---|\n${'| [x](y) **z** `q` | ~~w~~ |\n'.repeat(1500)}`,
    '- **fix:** do [this](https://a.b/c/1) for `that` (#1)\n'.repeat(1500),
    `${'Some *prose* with [links](a) and `code`, over lines.\n'.repeat(8)}\n`.repeat(150),
    `- a\n${'  - b [x](y) *c* `d`\n    - e **f**\n'.repeat(500)}`,
  ];
  for (const text of texts) assert.deepEqual(parsed('markdown', text).problems, [], text.slice(0, 30));
});
