import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ReportModel } from '#report/model/report.ts';
import { inspectPage } from '../report/htmlFaults.ts';
import { harbour } from '../report/input.ts';
import { airworthy } from './airworthy.ts';
import { projectWith } from './project.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

test('the example in all three formats: the same blockers, a valid page, and nothing but a note on standard error', async () => {
  const file = join(projectWith({}), 'deep', 'report.html');
  const [html, markdown, json] = await Promise.all([
    airworthy(['report', 'service', '--output', file], examples),
    airworthy(['report', 'service', '--format', 'markdown'], examples),
    airworthy(['report', 'service', '--format', 'json'], examples),
  ]);
  assert.deepEqual([html.code, markdown.code, json.code], [0, 0, 0]);
  assert.deepEqual([html.stdout, markdown.stderr, json.stderr], ['', '', '']);
  assert.match(html.stderr, /^Wrote .*report\.html\.\n$/);
  const text = readFileSync(file, 'utf8');
  const { faults } = inspectPage(text);
  assert.deepEqual(faults, []);
  const model: ReportModel = JSON.parse(json.stdout);
  assert.ok(model.blockers.length > 0 && model.rules.length > 5 && model.files > 50);
  for (const { title } of model.blockers) {
    assert.ok(text.includes(title), title);
    assert.ok(markdown.stdout.includes(title), title);
  }
  const total = model.rules.reduce((sum, { findings }) => sum + findings.length, 0);
  assert.equal(
    total,
    Object.values(model.summary.findings).reduce((sum, count) => sum + count, 0),
  );
});

test('the corrected twin has no findings and no blockers', async () => {
  const { code, stdout } = await airworthy(['report', '--format', 'json'], join(examples, 'service-fixed'));
  const model: ReportModel = JSON.parse(stdout);
  assert.deepEqual([code, model.rules, model.blockers], [0, [], []]);
});

test('html goes to readiness-report.html, is replaced by the next run, and may go elsewhere', async () => {
  const root = projectWith({ 'a.ts': 'export const a = 1;\n' });
  const first = await airworthy(['report'], root);
  assert.deepEqual([first.code, first.stderr], [0, 'Wrote readiness-report.html.\n']);
  const second = await airworthy(['report'], root);
  assert.equal(second.code, 0);
  const out = await airworthy(['report', '-o', '-'], root);
  assert.match(out.stdout, /^<!doctype html>/);
  mkdirSync(join(root, 'folder'));
  const folder = await airworthy(['report', '-o', 'folder'], root);
  assert.equal(folder.code, 2);
  assert.match(folder.stderr, /"folder" is a folder/);
});

test('--record adds a line for each run, and the report shows them', async () => {
  const root = projectWith(harbour);
  await airworthy(['report', '--record', '--format', 'json'], root);
  const { code, stdout } = await airworthy(['report', '--record', '--format', 'json'], root);
  const lines = readFileSync(join(root, 'airworthy-history.jsonl'), 'utf8').trimEnd().split('\n');
  const model: ReportModel = JSON.parse(stdout);
  assert.deepEqual([code, lines.length, model.history.length], [0, 2, 2]);
  assert.deepEqual(model.history[0]?.findings, model.summary.findings);
  const plain = await airworthy(['report', '--format', 'json'], root);
  assert.equal(JSON.parse(plain.stdout).history.length, 2);
});

test('wrong lines of the history are told about and left out, and stay in the file', async () => {
  const root = projectWith({ 'airworthy-history.jsonl': '{"at":"<script>"}\n\u0000\n' });
  const { code, stdout, stderr } = await airworthy(['report', '--record', '--format', 'json'], root);
  assert.equal(code, 2);
  assert.match(stderr, /airworthy-history\.jsonl:1:1: This line is not a record: at is wrong/);
  assert.match(stderr, /airworthy-history\.jsonl:2:1: This line is not JSON/);
  assert.equal(JSON.parse(stdout).history.length, 1);
});

test('an empty folder, and hostile names of files and items', async () => {
  const empty = await airworthy(['report', '-o', '-'], projectWith({}));
  assert.equal(empty.code, 0);
  assert.deepEqual(inspectPage(empty.stdout).faults, []);
  const root = projectWith({
    ...harbour,
    'docs/READINESS <img src=x onerror=alert(1)>.md':
      '# <script>alert(1)</script>\n\n## P0\n\n- [ ] `"><svg onload=alert(1)>` [x](javascript:alert(1))\n- [x] `</table>`\n',
  });
  const hostile = await airworthy(['report', '-o', '-'], root);
  assert.equal(hostile.code, 0);
  assert.match(hostile.stdout, /&lt;svg onload/);
  assert.deepEqual(inspectPage(hostile.stdout).faults, []);
});

test('what it does not know is exit code 2 and writes nothing', async () => {
  const root = projectWith({});
  const wrong = await Promise.all([
    airworthy(['report', '--format', 'pdf'], root),
    airworthy(['report', 'gone'], root),
    airworthy(['report', '--config', 'gone.json'], root),
  ]);
  assert.deepEqual(
    wrong.map(({ code }) => code),
    [2, 2, 2],
  );
  assert.equal(existsSync(join(root, 'readiness-report.html')), false);
  assert.match((await airworthy(['report', '--help'], root)).stdout, /--record/);
});
