import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Workspace } from '#engine/workspace/workspace.ts';
import { random } from '../rules/kit/random.ts';
import { judge, root, workspaceOf } from './judgeWorkspace.ts';

const LINES = [
  "const frame = document.createElement('iframe');",
  "frame.sandbox.add('allow-scripts', 'allow-same-origin');",
  'export const one = 1;',
  '// a comment',
  'export const name = process.env.NAME;',
  '// airworthy-disable-next-line security/iframe-sandbox-escape -- a demo',
  'export const sorted = [3, 20].sort();',
];

const ITEMS = [
  '- [x] Fix iframe sandbox - `src/a.ts`',
  '- [ ] Fix iframe sandbox of partners - `src/b.ts:1-3`',
  '- [x] Frames of partners isolated <!-- airworthy: security/iframe-sandbox-escape -->',
  '- [ ] Frames of partners isolated <!-- airworthy: security/iframe-sandbox-escape -->',
  '- [x] Numeric sort order - `src/new.ts`',
  '- [x] Sorting <!-- airworthy: reliability/numeric-sort-without-comparator -->',
  '- [x] Later <!-- airworthy: config/env-unvalidated --> <!-- airworthy: waived until 2026-01-01: old -->',
  'Prose that is no item.',
];

/** The view as text, without what only counts updates. */
function shown(workspace: Workspace): string {
  const { revision: _, ...view } = workspace.checklist();
  return JSON.stringify(view, undefined, 1);
}

test('judging after each edit is judging anew', async () => {
  const chooser = random(7);
  const pick = (lines: readonly string[], count: number) =>
    Array.from({ length: count }, () => chooser.pick(lines)).join('\n');
  const records = '{"item":"CHECKLIST.md#fix-iframe-sandbox","rule":"security/iframe-sandbox-escape","commit":"abc"}\n';
  const files: Record<string, string> = {
    'CHECKLIST.md': pick(ITEMS, 8),
    'docs/launch.md': pick(ITEMS, 5),
    'src/a.ts': pick(LINES, 5),
    'src/b.ts': pick(LINES, 5),
    'package.json': '{"name": "x", "private": true}',
    'airworthy.lock': records,
  };
  const workspace = workspaceOf(files);
  let version = 1;
  for (const [path, text] of Object.entries(files)) workspace.open(`${root}/${path}`, 'x', version, text);
  for (let step = 0; step < 120; step++) {
    const path = chooser.pick(['CHECKLIST.md', 'docs/launch.md', 'src/a.ts', 'src/b.ts', 'src/new.ts']);
    version++;
    if (path === 'src/new.ts') {
      if (files[path] === undefined) {
        files[path] = pick(LINES, 3);
        workspace.open(`${root}/${path}`, 'x', version, files[path]);
      } else {
        delete files[path];
        workspace.close(`${root}/${path}`);
      }
    } else {
      const text = pick(path.endsWith('.md') ? ITEMS : LINES, 1 + chooser.below(8));
      files[path] = text;
      workspace.change(`${root}/${path}`, version, [{ text }]);
    }
    await judge(workspace);
    const fresh = workspaceOf(files);
    for (const [name, text] of Object.entries(files)) fresh.open(`${root}/${name}`, 'x', 1, text);
    await judge(fresh);
    assert.equal(shown(workspace), shown(fresh), `step ${step}, ${path}`);
    fresh.dispose();
  }
  workspace.dispose();
});

test('what did not change keeps its objects', async () => {
  const frames = '<!-- airworthy: security/iframe-sandbox-escape -->';
  const sorting = '<!-- airworthy: reliability/numeric-sort-without-comparator -->';
  const workspace = workspaceOf({
    'a-checklist.md': `- [x] Frames ${frames}\n- [x] Sorting ${sorting}\n`,
    'b-checklist.md': `- [x] Sorting ${sorting}\n`,
    'src/a.ts': '',
  });
  const path = `${root}/src/a.ts`;
  workspace.open(path, 'typescript', 1, 'export const one = 1;\n');
  await judge(workspace);
  const before = workspace.checklist();
  workspace.change(path, 2, [{ text: 'export const two = 2;\n' }]);
  await judge(workspace);
  assert.equal(workspace.checklist(), before, 'nothing that anybody speaks about changed');
  workspace.change(path, 3, [
    { text: "const f = document.createElement('iframe');\nf.sandbox.add('allow-scripts', 'allow-same-origin');\n" },
  ]);
  await judge(workspace);
  const after = workspace.checklist();
  const [a, b] = after.documents;
  assert.equal(b, before.documents[1], 'a document without such items');
  assert.notEqual(a?.items[0], before.documents[0]?.items[0]);
  assert.equal(a?.items[1], before.documents[0]?.items[1], 'an item of another rule');
});

test('findings of checklists move with the text around them until it is judged again', async () => {
  const list = '# Launch checklist\n\n- [x] Frames <!-- airworthy: security/iframe-sandbox-escape -->\n';
  const bad = "const f = document.createElement('iframe');\nf.sandbox.add('allow-scripts', 'allow-same-origin');\n";
  const lock = '{"item":"list.md#frames","rule":"security/iframe-sandbox-escape","commit":"abc"}\n';
  const workspace = workspaceOf({ 'list.md': list, 'src/a.ts': bad, 'airworthy.lock': lock });
  const [markdown, code] = [`${root}/list.md`, `${root}/src/a.ts`];
  workspace.open(markdown, 'markdown', 1, list);
  workspace.open(code, 'typescript', 1, bad);
  await judge(workspace);
  const shown = (path: string) =>
    workspace
      .findings(path)
      .filter(({ rule }) => rule === 'checklist/contradicted-claim')
      .map(({ messageId, start, end }) => `${messageId} ${workspace.text(path)?.slice(start, end)}`);
  assert.deepEqual(shown(markdown), ['regressed Frames']);
  assert.deepEqual(shown(code), ["broken f.sandbox.add('allow-scripts', 'allow-same-origin')"]);
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  workspace.change(markdown, 2, [{ range: top, text: 'Words above.\n\n' }]);
  workspace.change(code, 2, [{ range: top, text: '// words above\n' }]);
  assert.deepEqual(shown(markdown), ['regressed Frames']);
  assert.deepEqual(shown(code), ["broken f.sandbox.add('allow-scripts', 'allow-same-origin')"]);
  workspace.change(code, 3, [
    { range: { start: { line: 2, character: 15 }, end: { line: 2, character: 28 } }, text: "'allow-forms'" },
  ]);
  assert.deepEqual(shown(code), [], 'what was edited says nothing until it is judged');
  await judge(workspace);
  assert.deepEqual([shown(markdown), shown(code)], [[], []]);
  workspace.change(markdown, 3, [{ text: list.replace('[x]', '[ ]') }]);
  await judge(workspace);
  const satisfied = workspace.findings(markdown).map(({ rule }) => rule);
  assert.deepEqual(satisfied, ['checklist/satisfied-but-open']);
});
