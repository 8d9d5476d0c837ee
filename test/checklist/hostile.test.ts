import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { assertExact } from './invariants.ts';

/** Milliseconds of processor time; a tenth of it is usual on a laptop. Time on the clock is that of other work, too. */
const BOUND = 15_000;

function timed(text: string) {
  const before = process.cpuUsage();
  const document = parseChecklist('/hostile.md', text);
  const { user, system } = process.cpuUsage(before);
  return { document, took: (user + system) / 1_000 };
}

function read(text: string) {
  const { document, took } = timed(text);
  assert.ok(took < BOUND, `${Math.round(took)} ms`);
  return document;
}

test('passes over what is too large, and says so', () => {
  const items = Array.from(
    { length: 100_000 },
    (_, index) =>
      `- [ ] Task ${index} is a line of a hundred characters, so that all of them make ten megabytes in all ${index}`,
  );
  const document = read(items.join('\n'));
  assert.deepEqual(document.items, []);
  assert.match(document.problems[0]?.message ?? '', /not read as a checklist/);
  assert.deepEqual(read('x'.repeat(10_000_000)).items, []);
});

test('reads thousands of items', () => {
  const text = Array.from(
    { length: 4_000 },
    (_, index) => `- [ ] **Task ${index}** - in \`src/f${index}.ts:${index + 1}\``,
  ).join('\n');
  const document = read(text);
  assert.equal(document.items.length, 4_000);
  assert.deepEqual(document.problems, []);
  assert.equal(document.items[3_999]?.references[0]?.lines[0]?.from, 4_000);
});

test('reads thousands of sections, bars and rows', () => {
  const sections = Array.from(
    { length: 3_000 },
    (_, index) => `## Part ${index}\n\n- [x] a\n\nPart ${index}: 10% complete`,
  ).join('\n\n');
  assert.equal(read(sections).bars.length, 3_000);
  const rows = Array.from({ length: 2_000 }, (_, index) => `| Row ${index} | ❌ |`).join('\n');
  assert.equal(read(`| Task | Status |\n|---|---|\n${rows}`).items.length, 2_000);
  const tabs = Array.from({ length: 1_900 }, (_, index) => `${index}\tRow ${index}\tnpm run a → 0 errors`).join('\n');
  assert.equal(read(`#\tGate\tCommand\n${tabs}`).items.length, 1_900);
});

const LONG: Readonly<Record<string, (index: number) => string>> = {
  sections: (index) => `## Part ${index}\n\n- [x] a\n\nPart ${index}: 10% complete\n\n`,
  'sections of many levels': (index) => `${'#'.repeat((index % 5) + 1)} Part ${index} ✅\n\n- [x] a\n  - [ ] b\n\n`,
  items: (index) => `- [ ] **Task ${index}** - in \`src/f${index}.ts:${index + 1}\`\n`,
  'bars of one section': (index) => `- [ ] t${index}\n\nProgress: ${index % 100}%\n\n`,
};

for (const [name, piece] of Object.entries(LONG)) {
  test(`takes no longer for each of many ${name} than for each of few`, () => {
    const of = (count: number) => timed(Array.from({ length: count }, (_, index) => piece(index)).join('')).took;
    of(300);
    const ratios = [of(1_200) / of(300), of(1_200) / of(300)];
    // Four times as many would take sixteen times as long if each looked at all others.
    assert.ok(Math.min(...ratios) < 8, `4 times as many take ${ratios.map((ratio) => ratio.toFixed(1))} times as long`);
  });
}

test('says where nesting is too deep', () => {
  const deep = Array.from({ length: 400 }, (_, index) => `${'  '.repeat(index)}- [ ] level ${index}`).join('\n');
  const document = read(deep);
  assert.ok(document.items.length > 20);
  assert.deepEqual(
    [...new Set(document.problems.map(({ message }) => message))],
    ['This line is too long or too deeply nested to be read as Markdown.'],
  );
  assertExact(document, deep);
  read('> '.repeat(5_000));
  read(`${'- '.repeat(5_000)}[ ] a`);
});

const BAIT: Readonly<Record<string, string>> = {
  stars: '*',
  brackets: '[',
  boxes: '[ ]',
  backticks: '`',
  pipes: '|',
  tabs: '\t',
  spaces: ' ',
  dashes: ' - ',
  colons: 'a: ',
  arrows: ' → ',
  comments: '<!--',
  links: '[a](',
  paths: 'a/',
  dots: '.',
  percents: '1%',
  marks: '✅',
  damage: '‚ú',
  digits: '1,',
  parentheses: '(week ',
  ids: 'security/',
  fences: '```\t',
};

for (const [name, bait] of Object.entries(BAIT)) {
  test(`is not slowed down by ${name}`, () => {
    const run = bait.repeat(Math.floor(19_000 / bait.length));
    const half = bait.repeat(Math.floor(100 / bait.length));
    for (const text of [
      `- [ ] ${run}x`,
      `## ${run} ✅`,
      `- [ ] **a${run}**\n  - File: ${run}\n  - Verify: \`npm test${run}`,
      `Task\tStatus\n${`${half}\tdone\n`.repeat(1_000)}`,
      `| Task | Status |\n|---|---|\n${`| ${half} | ${half} |\n`.repeat(500)}`,
      `${half}\n`.repeat(1_500),
      `<!-- airworthy: ${run} -->`,
    ]) {
      assertExact(read(text), text);
    }
  });
}

test('takes broken tables for what they are', () => {
  const document = read(
    [
      '| Task | Status |',
      '| a | ❌ |',
      '',
      '| Task | Status |',
      '|---|',
      '| b | ❌ |',
      '',
      'Task\tStatus',
      '',
      'Task\tStatus\nc',
    ].join('\n'),
  );
  assert.deepEqual(document.items, []);
  const ragged = read('| Task | Status |\n|---|---|\n| a |\n| b | ✅ | more |\n| | ❌ |');
  assert.deepEqual(
    ragged.items.map(({ title, status }) => [title, status]),
    [
      ['a', 'open'],
      ['b', 'done'],
    ],
  );
});

test('reads any bytes', () => {
  for (const text of [
    '',
    '\ufeff',
    '\n',
    '\r',
    '\u0000',
    '- [ ]',
    '- [ ] ',
    '- [x]\ta',
    '#',
    '|',
    '\ud83d',
    '- \ud83d \udd34',
    '- [ ] \u202e✅',
  ]) {
    assertExact(read(text), text);
  }
});

test('numbers lines as editors do', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const document = read(['# T', '', '- [ ] a', '- ✅ b', '', '## c ✅', ''].join(end));
    assert.deepEqual(
      document.items.map(({ line, title }) => [line, title]),
      [
        [3, 'a'],
        [4, 'b'],
        [6, 'c'],
      ],
    );
  }
});
