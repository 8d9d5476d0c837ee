import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseChecklist } from '#engine/checklist/parse.ts';
import type { HistoryRecord } from '#report/history.ts';
import { renderReport } from '#report/index.ts';
import type { ReportModel } from '#report/model/report.ts';
import { inspectPage } from './htmlFaults.ts';
import { harbour, inputOf } from './input.ts';

const run = (at: string, P0: number, percent: number | null): HistoryRecord => ({
  at,
  commit: 'abc',
  findings: { P0, P1: 2, P2: 0, P3: 1 },
  blockers: P0,
  counted: 4,
  proven: 2,
  percent,
});

test('the data: blockers, scores by category, findings by rule, and what no rule decides about', async () => {
  const model: ReportModel = JSON.parse(renderReport('json', await inputOf(harbour)));
  assert.deepEqual(
    model.blockers.map(({ title, verdict, evidence }) => [title, verdict, evidence[0]?.findings[0]?.path]),
    [['Nobody gets past the gate', 'contradicted', 'src/gate.ts']],
  );
  const security = model.categories.find(({ category }) => category === 'security');
  assert.deepEqual(
    [security?.score.counted, security?.score.proven, security?.score.blockers, security?.findings.P0],
    [2, 1, 1, 1],
  );
  assert.equal(model.withoutRule, 2);
  const [first] = model.rules;
  assert.deepEqual([first?.rule, first?.priority, first?.findings.length], ['security/env-auth-bypass', 'P0', 1]);
  assert.deepEqual(
    model.documents.flatMap(({ items }) => items.map(({ verdict }) => verdict)),
    ['contradicted', 'verified', 'not-checkable', 'open'],
  );
});

test('the page is well formed, loads and runs nothing, and names every verdict in words', async () => {
  const history = [
    run('2026-05-01T00:00:00Z', 3, 20),
    run('2026-05-09T00:00:00Z', 1, null),
    run('2026-05-20T00:00:00Z', 1, 50),
  ];
  const page = inspectPage(renderReport('html', await inputOf(harbour, { history })));
  assert.deepEqual(page.faults, []);
  const marks = page.elements.filter((element) => page.attribute(element, 'class')?.startsWith('verdict '));
  assert.ok(marks.length > 9);
  for (const mark of marks) assert.match(page.textOf(mark), /^\S+[A-Z][a-z]/);
  const charts = page.elements.filter((element) => page.attribute(element, 'role') === 'img');
  assert.equal(charts.length, 4);
  const text = page.textOf(page.elements[0] ?? assert.fail());
  for (const words of ['Not ready for production', '1 blocker in the checklist', 'Ask the harbour master']) {
    assert.ok(text.includes(words), words);
  }
  const links = page.elements.flatMap((element) => page.attribute(element, 'href') ?? []);
  assert.ok(links.includes('./src/gate.ts#L4'), links.join(' '));
});

test('every table has headings, and headings do not skip a level', async () => {
  const page = inspectPage(renderReport('html', await inputOf(harbour)));
  const tables = page.elements.filter(({ tagName }) => tagName === 'table').length;
  assert.ok(tables > 0);
  assert.equal(page.elements.filter(({ tagName }) => tagName === 'caption').length, tables);
  for (const heading of page.elements.filter(({ tagName }) => tagName === 'th'))
    assert.match(page.attribute(heading, 'scope') ?? '', /^(?:col|row)$/);
  const levels = page.elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
  assert.equal(levels[0], 1);
  for (const [index, level] of levels.entries()) assert.ok(level <= (levels[index - 1] ?? 0) + 1);
});

test('an empty workspace gets a report that says so in every format', async () => {
  const input = await inputOf({});
  assert.deepEqual(inspectPage(renderReport('html', input)).faults, []);
  assert.match(renderReport('html', input), /No blockers found, and no checklist to hold the code against/);
  assert.match(renderReport('markdown', input), /no checklist to hold the code against/);
  assert.deepEqual(JSON.parse(renderReport('json', input)).documents, []);
});

test('the same input gives the same text, and another place of the report other links', async () => {
  const input = await inputOf(harbour, {
    history: [run('2026-05-01T00:00:00Z', 3, 20), run('2026-05-02T00:00:00Z', 1, 25)],
  });
  for (const format of ['html', 'markdown', 'json'] as const) {
    assert.equal(renderReport(format, input), renderReport(format, input));
  }
  assert.match(renderReport('html', { ...input, base: '../' }), /href="\.\/\.\.\/src\/gate\.ts#L4"/);
  assert.match(renderReport('markdown', { ...input, base: '../' }), /\]\(\.\/\.\.\/src\/gate\.ts#L4\)/);
});

test('markdown: blockers come first, verdicts are words, places are links', async () => {
  const text = renderReport('markdown', await inputOf(harbour));
  assert.match(text, /^# Readiness of harbour\n\n\*\*Not ready for production\.\*\*/);
  assert.ok(text.indexOf('Nobody gets past the gate') < text.indexOf('## By category'));
  assert.match(
    text,
    /\*\*P0 Nobody gets past the gate\*\* \(✗ Contradicted\) in \[`READINESS\.md:4`\]\(\.\/READINESS\.md#L4\)/,
  );
  assert.match(text, /\| Security +\| +1 \| +1 of 2 \| +50 % \|/);
});

test('a report in Markdown is no checklist: kept in the workspace, it promises nothing', async () => {
  const history = [run('2026-05-01T00:00:00Z', 3, 20)];
  const text = renderReport('markdown', await inputOf(harbour, { history }));
  assert.deepEqual(
    parseChecklist('/w/report.md', text).items.map(({ title }) => title),
    [],
  );
});
