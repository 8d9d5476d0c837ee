import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scheduler } from '#engine/workspace/workspace.ts';
import { evalCalls, probeRules } from './probeRules.ts';
import { atOnce, findingLines, workspaceOver } from './workspaceKit.ts';

const A = '/w/src/a.ts';
const B = '/w/src/b.ts';

test('finds in every scope, with absolute offsets', async () => {
  const text = [
    '// leading comment',
    'import fs from "node:fs";',
    'setInterval(() => {}, 1);',
    'async function f() {',
    '  for (;;) { await fs.promises.readFile("x"); }',
    '  setInterval(() => { eval("1"); }, 2);',
    '}',
    'process.env.PORT;',
  ].join('\n');
  const workspace = workspaceOver(new Map([[B, 'process.env.PORT;']]), probeRules);
  workspace.open(A, 'typescript', 1, text);
  workspace.refresh([B]);
  const lines = await findingLines(workspace, A);
  const at = (code: string) => `${text.indexOf(code)}-${text.indexOf(code) + code.length}`;
  assert.deepEqual(lines, [
    `reliability/probe-await-in-loop ${at('await fs.promises.readFile("x")')} await in loop`,
    `resources/probe-many-timers ${at('setInterval(() => { eval("1"); }, 2)')} timer 2`,
    `security/probe-eval ${at('eval("1")')} eval of 1`,
    `config/probe-shared-env ${at('process.env.PORT')} PORT is read in 2 files`,
  ]);
});

test('an import or an inner name that hides a global changes results everywhere', async () => {
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(A, 'typescript', 1, 'eval("a");\nfunction g() { eval("b"); }\n');
  assert.equal((await findingLines(workspace, A)).length, 2);
  workspace.change(A, 2, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: 'const eval = 1;\n' },
  ]);
  assert.deepEqual(await findingLines(workspace, A), []);
  workspace.change(A, 3, [{ text: 'eval("a");\n' }]);
  assert.equal((await findingLines(workspace, A)).length, 1);
});

test('project findings follow files that come, change and go', async () => {
  const files = new Map([
    [A, 'process.env.PORT;'],
    [B, 'process.env.PORT;'],
  ]);
  const workspace = workspaceOver(files, probeRules);
  workspace.refresh([A, B]);
  assert.equal((await findingLines(workspace, A)).length, 1);
  files.set(B, 'process.env.HOST;');
  workspace.refresh([B]);
  assert.deepEqual(await findingLines(workspace, A), []);
  files.set(B, 'process.env.PORT;');
  workspace.refresh([B]);
  assert.equal((await findingLines(workspace, A)).length, 1);
  files.delete(B);
  workspace.remove([B]);
  assert.deepEqual(await findingLines(workspace, A), []);
});

test('project findings move with the text above them and cost no project run', async () => {
  const workspace = workspaceOver(new Map([[B, 'process.env.PORT;']]), probeRules);
  workspace.refresh([B]);
  workspace.open(A, 'typescript', 1, 'process.env.PORT;');
  await findingLines(workspace, A);
  const invalidated: string[] = [];
  workspace.onDidInvalidate((_, lane) => invalidated.push(lane));
  workspace.change(A, 2, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// hi\n' },
  ]);
  await workspace.analyze(A, 'syntax', atOnce);
  assert.deepEqual(invalidated, []);
  assert.deepEqual(
    workspace.findings(A).map((f) => f.start),
    [6],
  );
});

test('a rule that throws is told about, loses its findings and spares the others', async () => {
  const thrower = {
    ...evalCalls,
    id: 'security/probe-thrower',
    node: {
      on: {
        CallExpression() {
          throw new Error('boom');
        },
      },
    },
  };
  const workspace = workspaceOver(new Map(), [thrower, ...probeRules]);
  workspace.open(A, 'typescript', 1, 'eval("a");');
  assert.equal((await findingLines(workspace, A)).length, 1);
  assert.deepEqual(
    workspace.failures().map((f) => [f.rule, f.path]),
    [['security/probe-thrower', A]],
  );
  workspace.change(A, 2, [{ text: 'let x = 1;' }]);
  await findingLines(workspace, A);
  assert.deepEqual(workspace.failures(), []);
});

test('slices give way, and an edit during a pause supersedes the run', async () => {
  const workspace = workspaceOver(new Map(), probeRules);
  const text = Array.from({ length: 400 }, (_, i) => `function f${i}() { eval("${i}"); }`).join('\n');
  workspace.open(A, 'typescript', 1, text);
  let pauses = 0;
  const stingy: Scheduler = { budget: 0, pause: async () => void pauses++, superseded: false };
  const result = await workspace.analyze(A, 'syntax', stingy);
  assert.notEqual(result, 'superseded');
  assert.ok(pauses > 0);
  assert.equal(workspace.findings(A).length, 400);

  workspace.change(A, 2, [{ text: `${text}\nlet y;` }]);
  const interrupted: Scheduler = {
    budget: 0,
    pause: async () => workspace.change(A, 3, [{ text: 'eval(1);' }]),
    superseded: false,
  };
  assert.equal(await workspace.analyze(A, 'syntax', interrupted), 'superseded');
  assert.equal(workspace.findings(A).length, 1);
});

test('slices end inside a statement, and change nothing', async () => {
  const items = Array.from(
    { length: 500 },
    (_, i) => `{ a: eval("${i}"), async f() { for (;;) { await eval("x"); } } }`,
  );
  const text = `run([${items.join(',\n')}, () => { setInterval(() => {}, 1); setInterval(f, [${items}]); }]);`;
  const whole = workspaceOver(new Map(), probeRules);
  whole.open(A, 'typescript', 1, text);
  const expected = await findingLines(whole, A);
  assert.ok(expected.length > 2_000);
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(A, 'typescript', 1, text);
  let pauses = 0;
  await workspace.analyze(A, 'syntax', { budget: 0, pause: async () => void pauses++, superseded: false });
  assert.ok(pauses > 500, `${pauses} pauses`);
  assert.deepEqual(await findingLines(workspace, A), expected);
});

test('fixes are computed for the current version only', async () => {
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(A, 'typescript', 1, 'const a = eval("a");\nconst b = eval("b");\n');
  await findingLines(workspace, A);
  const offers = await workspace.fixes(A, 1, { start: 10, end: 10 });
  assert.deepEqual(
    offers.map((offer) => offer.title),
    ['Remove the call'],
  );
  const [offer] = offers;
  assert.ok(offer);
  assert.deepEqual(await workspace.fixEdits(offer), [{ path: A, start: 10, end: 19, newText: 'undefined' }]);
  workspace.change(A, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: ' ' }]);
  assert.equal(await workspace.fixEdits(offer), undefined);
  assert.deepEqual(await workspace.fixes(A, 1, { start: 10, end: 10 }), []);
  assert.deepEqual(await workspace.fixAll(A), [
    { path: A, start: 11, end: 20, newText: 'undefined' },
    { path: A, start: 32, end: 41, newText: 'undefined' },
  ]);
});

test('a fix that throws is told about and keeps its finding', async () => {
  const boom = () => {
    throw new Error('boom');
  };
  const called = [{ title: 'Remove {text}', safety: 'safe', deferred: true, edits: boom } as const];
  const workspace = workspaceOver(new Map(), [{ ...evalCalls, fixes: { called } }]);
  workspace.open(A, 'typescript', 1, 'eval("a");');
  const lines = await findingLines(workspace, A);
  const [offer] = await workspace.fixes(A, 1, { start: 0, end: 0 });
  assert.ok(offer);
  await assert.rejects(workspace.fixEdits(offer), /The fix "Remove 1" of the rule security\/probe-eval failed/);
  const [failure] = workspace.failures();
  assert.deepEqual([failure?.rule, failure?.path, failure?.fix], [evalCalls.id, A, 'Remove 1']);
  assert.match(failure?.error ?? '', /boom/);
  assert.deepEqual(await findingLines(workspace, A), lines);
});

test('no fix goes by a tree of JSON or YAML that the parser had to guess', async () => {
  const manifest = '/w/package.json';
  const edits = () => [{ path: manifest, start: 1, end: 1, newText: '"type": "module"' }];
  const called = [{ title: 'Become a module', safety: 'suggest', edits } as const];
  const titles = async (text: string): Promise<readonly string[]> => {
    const workspace = workspaceOver(new Map([[manifest, text]]), [{ ...evalCalls, fixes: { called } }]);
    workspace.open(A, 'typescript', 1, 'eval("a");');
    await findingLines(workspace, A);
    return (await workspace.fixes(A, 1, { start: 0, end: 0 })).map(({ title }) => title);
  };
  assert.deepEqual(await titles('{}'), ['Become a module']);
  assert.deepEqual(await titles('{ "name" }'), []);
});

test('code nested too deeply is skipped with a note', async () => {
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(A, 'typescript', 1, `${'[\n'.repeat(20_000)}${']\n'.repeat(20_000)}`);
  assert.deepEqual(await findingLines(workspace, A), []);
  assert.deepEqual(
    workspace.skipped().map((s) => s.reason),
    ['too-deep'],
  );
  workspace.change(A, 2, [{ text: 'eval(1)' }]);
  assert.equal((await findingLines(workspace, A)).length, 1);
  assert.deepEqual(workspace.skipped(), []);
});

test('suppressions take findings out, and say when they have no reason or no effect', async () => {
  const workspace = workspaceOver(new Map(), probeRules);
  workspace.open(A, 'typescript', 1, 'eval("a");\n');
  await findingLines(workspace, A);
  const [finding] = workspace.findings(A);
  assert.ok(finding);
  const [edit] = workspace.suppress(A, finding, 'line', 'the input is ours') ?? [];
  assert.ok(edit !== undefined && 'newText' in edit);
  workspace.change(A, 2, [{ text: `${edit.newText}eval("a");\n` }]);
  assert.deepEqual(await findingLines(workspace, A), []);
  workspace.change(A, 3, [{ text: '// airworthy-disable-next-line security/probe-eval\nlet a = 1;\n' }]);
  const rules = (await findingLines(workspace, A)).map((line) => line.split(' ')[0]);
  assert.deepEqual(rules, ['airworthy/suppression-without-reason', 'airworthy/unused-suppression']);
});
