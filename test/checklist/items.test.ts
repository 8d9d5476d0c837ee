import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChecklistItem } from '#engine/checklist/model.ts';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { referenceTexts } from './expectation.ts';

function items(text: string): readonly ChecklistItem[] {
  return parseChecklist('/a.md', text).items;
}

function only(text: string): ChecklistItem {
  const [item, ...more] = items(text);
  assert.ok(item, text);
  assert.deepEqual(more, [], text);
  return item;
}

test('gives ids that other edits leave alone', () => {
  const text =
    '# Doors\n\n## P0\n\n- [ ] **Lock** - now\n  - [ ] Test\n- [ ] **Bolt**\n  - [ ] Test\n\n## P1\n\n- [ ] Test\n- [ ] Test\n';
  const ids = items(text).map(({ id }) => id);
  assert.deepEqual(ids, ['p0/lock', 'p0/lock/test', 'p0/bolt', 'p0/bolt/test', 'p1/test', 'p1/test~2']);
  const same = (edited: string, path = '/a.md') => parseChecklist(path, edited).items.map(({ id }) => id);
  assert.deepEqual(same(text.replaceAll('[ ]', '[x]'), '/moved/b.md'), ids);
  assert.deepEqual(same(text.replace('# Doors', '# All Doors\n\nSome words.')), ids);
  assert.deepEqual(same(text.replace('- now', '- later, maybe').replace('**Bolt**', 'Bolt')), ids);
  assert.deepEqual(same(text.replace('## P0\n', '## P0\n\n- [ ] Hinge\n')).toSorted(), [...ids, 'p0/hinge'].toSorted());
  assert.deepEqual(same('## 1. Lock ✅ FIXED\n'), same('## 4. Lock ❌\n'));
});

test('reads references as people write them', () => {
  for (const [words, expected] of [
    ['`src/a.ts:27`', ['src/a.ts:27']],
    ['`src/a.ts:27, 82-86`', ['src/a.ts:27,82-86']],
    ['`src/a.ts` - Lines 27, 82-86', ['src/a.ts:27,82-86']],
    ['`src/a.ts` (line 9)', ['src/a.ts:9']],
    ['src/a.ts:27:5 fails', ['src/a.ts:27']],
    ['src/a.ts:27, 3 others', ['src/a.ts:27']],
    ['src/a.ts:27–30.', ['src/a.ts:27-30']],
    ['`src/a.ts#L3-L9`', ['src/a.ts:3-9']],
    ['[pool](src/a.ts#L5-L20)', ['src/a.ts:5-20']],
    ['(see src/a.ts), src/b.tsx and ./c/d.yml', ['src/a.ts', 'src/b.tsx', './c/d.yml']],
    ['`app/[id]/(shop)/page.tsx`', ['app/[id]/(shop)/page.tsx']],
    ['`Dockerfile` and `.github/workflows/ci.yml`', ['Dockerfile', '.github/workflows/ci.yml']],
    ['`src/a.ts` (477 lines)', ['src/a.ts']],
    ['Node.js, Next.js, `process.env.PORT`, v1.2.3, e.g. this', []],
    ['`/api/users/{id}`, https://example.org/a/b.ts and `@scope/pkg`', []],
    ['`src/**/*.ts`, `.test.ts` files', []],
    ['`import a from "./b.ts"`', []],
    ['python:3.12-slim, localhost:5001', []],
  ] as const) {
    assert.deepEqual(referenceTexts(only(`- [ ] ${words}`)), expected, words);
  }
});

test('takes priorities from the nearest place that says one', () => {
  const levels = (text: string) => items(text).map(({ priority }) => [priority?.level, priority?.from]);
  assert.deepEqual(
    levels('## 🔴 CRITICAL\n\n### Doors\n\n- [ ] a\n- [ ] [P2] b\n  - [ ] c\n- [ ] d\n  - Priority: low'),
    [
      ['P0', 'section'],
      ['P2', 'item'],
      ['P2', 'parent'],
      ['P3', 'field'],
    ],
  );
  for (const heading of [
    'Medium term',
    'High-availability',
    'Critical path of the ferry',
    'Lower deck',
    'The P5 port',
  ]) {
    assert.deepEqual(levels(`## ${heading}\n\n- [ ] a`), [[undefined, undefined]], heading);
  }
  for (const [heading, level] of [
    ['High priority (P1)', 'P1'],
    ['Priority 0 - Blockers', 'P0'],
    ['Blockers', 'P0'],
    ['🟡 Later', 'P1'],
    ['🟠 Soon\n\n## 🟡 Later', 'P2'],
    ['Nice to have', 'P3'],
    ['P2: paint', 'P2'],
  ]) {
    assert.equal(items(`## ${heading}\n\n- [ ] a`)[0]?.priority?.level, level, heading);
  }
});

test('reads gates, and never takes words for a command', () => {
  for (const [line, command, expected] of [
    ['`npm run lint` → 0 problems', 'npm run lint', '0 problems'],
    ['`npm test` passes', 'npm test', 'passes'],
    ['a\n  - Verify: `npm audit --audit-level=high` -> clean', 'npm audit --audit-level=high', 'clean'],
    ['a\n  - Verify: run ./check.sh', './check.sh', ''],
    ['a\n  - Verification: somebody looks at it', undefined, 'somebody looks at it'],
    ['a\n  - Command: CI=1 npm test', 'CI=1 npm test', ''],
    [
      `a\n  - Verify: node -e "setTimeout(() => {}, 1)" => exit code 0`,
      'node -e "setTimeout(() => {}, 1)"',
      'exit code 0',
    ],
    ["a\n  - Verify: npm test → it's clean, isn't it", 'npm test', "it's clean, isn't it"],
    ['a\n  - Verify: Docker shows two images', undefined, 'Docker shows two images'],
  ] as const) {
    const { gate } = only(`- [ ] ${line}`);
    assert.deepEqual([gate?.command, gate?.expected], [command, expected], line);
  }
  for (const line of [
    'Add `npm test` to CI',
    '`node` → 22',
    'Replace `npm install` → `npm ci`',
    'run npm test',
    '`src/a.ts` → `src/b.ts`',
  ]) {
    assert.equal(only(`- [ ] ${line}`).gate, undefined, line);
  }
});

test('reads waivers, and says what is wrong with them', () => {
  const waiver = (words: string) => only(`- [ ] a <!-- airworthy: waived${words} -->`).waiver;
  assert.deepEqual(waiver(' until 2031-05-01 by @lena: ours')?.problem, undefined);
  assert.deepEqual(
    { ...waiver(': old: but fine'), span: 0 },
    { until: undefined, owner: undefined, reason: 'old: but fine', span: 0 },
  );
  assert.equal(waiver(' until 2031-05-01')?.problem, 'reason');
  assert.equal(waiver(' until 2031-02-30: x')?.problem, 'date');
  assert.equal(waiver(' until soon: x')?.problem, 'date');
  assert.equal(only('- [ ] a <!-- waived: x -->').waiver, undefined);
});

test('links rules in comments and in words', () => {
  const links = (text: string) => only(text).links.map(({ rule, from }) => `${from} ${rule}`);
  assert.deepEqual(links('- [ ] a <!-- airworthy: data/a-b, security/c -->'), [
    'comment data/a-b',
    'comment security/c',
  ]);
  assert.deepEqual(links('- [ ] a\n  <!-- airworthy: data/a-b -->'), ['comment data/a-b']);
  assert.deepEqual(links('## 3. a ✅\n\n<!-- airworthy: data/a-b -->\n\nWords.'), ['comment data/a-b']);
  assert.deepEqual(links('| Task | Owner |\n|---|---|\n| a | b <!-- airworthy: data/a-b --> |'), ['comment data/a-b']);
  assert.deepEqual(links('- [ ] keep `security/no-eval` and data/n-plus-one.'), [
    'text security/no-eval',
    'text data/n-plus-one',
  ]);
  assert.deepEqual(links('- [ ] see config/load-env.ts, src/data/a-b, testing/unit and data/a-b/c'), []);
});

test('reads what fields say', () => {
  const item = only(
    '### 3. Caching\n**Impact:** HIGH | **Effort:** LOW (2 hours) | **Owner:** @dana | **Status:** 🔄 In Progress\n',
  );
  assert.deepEqual(
    item.fields.map(({ name, value }) => `${name}=${value}`),
    ['impact=HIGH', 'effort=LOW (2 hours)', 'owner=@dana', 'status=🔄 In Progress'],
  );
  assert.equal(item.status, 'inProgress');
  assert.equal(item.mark?.text, '🔄 In Progress');
});

test('reads progress claims and what they sum', () => {
  const { bars } = parseChecklist(
    '/a.md',
    '# T\n\n## Doors\n\n- [ ] a\n\n40% complete\n\n## Progress\n\nOverall: ██░░ 50%\nDoors: [##..] 50%\nWindows: ████ 100%\nabout 1/2 tasks done\n',
  );
  assert.deepEqual(
    bars.map(({ label, percent, done, total, sums, estimate }) => [
      label,
      percent ?? `${done}/${total}`,
      sums,
      estimate,
    ]),
    [
      ['', 40, { kind: 'sections', ids: ['doors'] }, false],
      ['Overall', 50, { kind: 'document' }, false],
      ['Doors', 50, { kind: 'sections', ids: ['doors'] }, false],
      ['Windows', 100, undefined, false],
      ['', '1/2', { kind: 'document' }, true],
    ],
  );
});

test('does not guess what a percentage in words is about', () => {
  const { bars } = parseChecklist(
    '/a.md',
    '# Doors\n\n## Locks\n\n- [ ] a\n\n## Notes\n\nDoors: 100% complete\nLocks: 90% done\nStatus: 80% complete\n',
  );
  assert.deepEqual(
    bars.map(({ percent, sums }) => [percent, sums]),
    [
      [100, undefined],
      [90, undefined],
      [80, undefined],
    ],
  );
});

test('reads headings with number and mark in any order', () => {
  const read = (heading: string) => items(`## ${heading}\n\nWords.\n`).map(({ title, status }) => `${status} ${title}`);
  for (const heading of [
    '3. Doors ✅',
    '3. ✅ Doors',
    '✅ 3. Doors',
    '3. Doors (DONE)',
    '3. ✅ Doors - RESOLVED',
    '[x] Doors',
    'Doors ✅ **9/10** (good)',
  ]) {
    assert.deepEqual(read(heading), ['done Doors'], heading);
  }
  for (const heading of ['✅ Doors', '⚠️ Warning', 'Summary ✅', 'Phase 3 ✅', 'Why ✅ beats ❌', 'P1 - Soon (DONE)']) {
    assert.deepEqual(read(heading), [], heading);
  }
});

test('names rows by words', () => {
  const titles = (text: string) => items(text).map(({ title, status }) => `${status} ${title}`);
  assert.deepEqual(titles('| No. | Phase | Area | Status |\n|---|---|---|---|\n| 1 | 2 | A06 - Old parts | ✅ |'), [
    'done A06 - Old parts',
  ]);
  assert.deepEqual(titles('| Status | Meaning |\n|---|---|\n| Done | over |'), []);
});

test('leaves out file names that emphasis has broken', () => {
  assert.deepEqual(referenceTexts(only('- [ ] a/__init__.py and b/**init**.py, c/d.py')), ['c/d.py']);
});

test('says what a document claims of itself', () => {
  assert.equal(parseChecklist('/a.md', '# Hardening Complete ✅\n').status, 'done');
  assert.equal(parseChecklist('/a.md', '# Plan\n\n**Status:** In Progress\n').status, 'inProgress');
  assert.equal(parseChecklist('/a.md', '# Plan\n\n**Status:** Fine so far\n').status, undefined);
  const [phase] = parseChecklist('/a.md', '# T\n\n## Phase 5 ✅ (Week 3)\n\n- [ ] a\n').sections.slice(1);
  assert.deepEqual([phase?.status, phase?.due, phase?.item], ['done', 'Week 3', undefined]);
});
