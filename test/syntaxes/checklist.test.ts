import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coloured, type Token, tokenizer } from './tokens.ts';

/** Markdown with the scopes that VS Code gives it, as far as the injections ask for them. */
const markdown = {
  scopeName: 'text.html.markdown',
  patterns: [{ include: '#block' }],
  repository: {
    block: {
      patterns: [
        {
          name: 'markup.fenced_code.block.markdown',
          begin: '^\\s*(```).*$',
          end: '^\\s*(```)\\s*$',
        },
        {
          match: '^(#{1,6})\\s+(.*)$',
          name: 'markup.heading.markdown',
          captures: { 2: { name: 'entity.name.section.markdown', patterns: [{ include: '#inline' }] } },
        },
        {
          begin: '(^|\\G)([ ]{0,3})([*+-]|\\d+\\.)([ \\t])',
          while: '((^|\\G)([ ]{2,4}|\\t))|(^[ \\t]*$)',
          name: 'markup.list.unnumbered.markdown',
          patterns: [{ include: '#block' }],
        },
        {
          name: 'markup.table.markdown',
          begin: '(^|\\G)(\\|)(?=[^|].+\\|\\s*$)',
          while: '(^|\\G)(?=\\|)',
          patterns: [
            { match: '\\|', name: 'punctuation.definition.table.markdown' },
            {
              match: '(?<=\\|)\\s*(?=\\S)((\\\\\\||[^|])+)(?<=\\S)\\s*(?=\\|)',
              captures: { 1: { patterns: [{ include: '#inline' }] } },
            },
          ],
        },
        {
          begin: '(^|\\G)[ ]{0,3}(?=[^ \\t\\n])',
          while: '(^|\\G)((?=\\s*[-=]{3,}\\s*$)|[ ]{4,}(?=[^ \\t\\n]))',
          name: 'meta.paragraph.markdown',
          patterns: [{ include: '#inline' }],
        },
      ],
    },
    inline: {
      patterns: [
        { match: '(`+)([^`]+)(\\1)', name: 'markup.inline.raw.string.markdown' },
        { begin: '<!--', end: '-->', name: 'comment.block.html' },
        {
          begin: '\\*\\*(?=\\S)',
          end: '\\*\\*',
          name: 'markup.bold.markdown',
          patterns: [{ include: '#inline' }],
        },
      ],
    },
  },
};

const files = ['checklist.tmLanguage.json', 'checklistText.tmLanguage.json'];

async function tokens(text: string, injected: readonly string[] = files): Promise<Token[]> {
  return (await tokenizer(markdown, injected))(text);
}

async function colours(text: string): Promise<Readonly<Record<string, string>>> {
  return coloured(await tokens(text));
}

const done = 'markup.inserted.status.done';
const open = 'markup.deleted.status.open';
const started = 'markup.changed.status.started';
const priority = 'keyword.control.priority';
const label = 'support.type.property-name.label';
const colon = 'punctuation.separator.label';

test('colours statuses in lists, headings and tables', async () => {
  assert.deepEqual(await colours('- [x] a'), { x: done });
  assert.deepEqual(await colours('- [~] a'), { '~': started });
  assert.deepEqual(await colours('- [-] a'), { '-': 'markup.ignored.status.dropped' });
  assert.deepEqual(await colours('- ✅ a thing'), { '✅': done });
  assert.deepEqual(await colours('- ❌ Not Started - a'), { '❌ Not Started': open });
  assert.deepEqual(await colours('- ✅ Created the script'), { '✅': done });
  assert.deepEqual(await colours('## 2. Doors ✅ FIXED'), { '✅ FIXED': done });
  assert.deepEqual(await colours('### Tests ⚠️'), { '⚠️': started });
  assert.deepEqual(await colours('### Blockers (COMPLETED)'), { COMPLETED: done });
  assert.deepEqual(await colours('| a | ❌ | ⏳ |'), { '❌': open, '⏳': started });
});

test('colours priorities', async () => {
  assert.deepEqual(await colours('## 🔴 CRITICAL (Must Fix)'), { '🔴 CRITICAL': priority });
  assert.deepEqual(await colours('### 4. Data **HIGH PRIORITY**'), { 'HIGH PRIORITY': priority });
  assert.deepEqual(await colours('- [ ] P1: a'), { P1: priority });
  assert.deepEqual(await colours('| 🟠 P1 | a |'), { '🟠 P1': priority });
});

test('colours labels', async () => {
  assert.deepEqual(await colours('- [ ] a\n  - File: `a.ts:3`\n  - Fix: b'), {
    File: label,
    Fix: label,
    ':': colon,
  });
  assert.deepEqual(await colours('**Impact:** x | **Effort:** y'), { Impact: label, Effort: label, ':': colon });
  assert.deepEqual(await colours('**File**: `a.ts`'), { File: label });
});

test('colours bars, in code too', async () => {
  const bar = {
    '████': 'markup.inserted.progress',
    '░░░░░░': 'markup.ignored.progress',
    '40%': 'constant.numeric.progress',
  };
  assert.deepEqual(await colours('Overall: ████░░░░░░ 40% Complete'), bar);
  assert.deepEqual(await colours('```\nOverall: ████░░░░░░ 40% Complete\n```'), bar);
});

test('colours rule ids and waivers', async () => {
  assert.deepEqual(await colours('- [ ] a <!-- airworthy: security/weak-crypto, data/n-plus-one -->'), {
    airworthy: 'keyword.other.checklist',
    ':': 'punctuation.separator.checklist',
    security: 'entity.name.namespace.category',
    'weak-crypto': 'entity.name.tag.rule',
    data: 'entity.name.namespace.category',
    'n-plus-one': 'entity.name.tag.rule',
    '/': 'punctuation.separator.rule',
  });
  assert.deepEqual(await colours('- [ ] a (security/weak-crypto)'), {
    security: 'entity.name.namespace.category',
    'weak-crypto': 'entity.name.tag.rule',
    '/': 'punctuation.separator.rule',
  });
  assert.deepEqual(await colours('- [ ] a <!-- airworthy: waived until 2031-05-01 by @lena: ours alone -->'), {
    airworthy: 'keyword.other.checklist',
    waived: 'keyword.other.waiver',
    until: 'keyword.other.waiver',
    '2031-05-01': 'constant.numeric.date',
    by: 'keyword.other.waiver',
    '@lena': 'variable.other.owner',
    ':': 'punctuation.separator.reason',
    'ours alone': 'string.unquoted.reason',
  });
});

test('leaves ordinary Markdown alone', async () => {
  for (const text of [
    'P0 means ✅ in the manual, HIGH tides and 40% of 12/30 are prose.',
    'airworthy: waived by nobody',
    '- High tides need care; a critical path is P0.5 long',
    '- see `security/weak-crypto` and https://example.org/security/weak-crypto/',
    '- Note: a label of its own',
    '- src/config/load-env.ts',
    '```ts\n- [x] a ✅ P0\n// File: a\n```',
    '`[x]` and [x] in prose',
    '<!-- [x] P0 airworthy -->',
    '# Before Production',
    '| HTTP | 200 |',
  ]) {
    assert.deepEqual(await colours(text), {}, text);
  }
});

test('keeps what the host makes of a line', async () => {
  for (const text of [
    '- ✅ **bold** and `code`',
    '## P0 **bold** `code`',
    '| ✅ | **bold** | `code` |',
    '- [x] **bold**\n  - File: `code`',
  ]) {
    const plain = await tokens(text, []);
    const scopesOf = (list: readonly Token[], words: string) =>
      list.find((token) => token.text.includes(words))?.scopes;
    for (const words of ['bold', 'code']) {
      if (!text.includes(words)) continue;
      assert.deepEqual(scopesOf(await tokens(text), words), scopesOf(plain, words), `${words} in ${text}`);
    }
  }
});
