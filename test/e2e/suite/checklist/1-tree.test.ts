import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { place, row, rows } from '../checklistTree.ts';
import { airworthy, at, closeAll, finding, gone, open, read, rules, until, write } from '../support.ts';

const bytes = async (path: string) => Buffer.from(await vscode.workspace.fs.readFile(at(path)));

describe('the checklist', () => {
  afterEach(closeAll);

  it('shows items with their verdicts, the documents that matter first', async () => {
    await airworthy().exports.started;
    await row(/Contradicted: Embedded frames cannot leave their sandbox — P0 · 1 finding/);
    const [first] = await rows();
    assert.match(first ?? '', /^Readiness of the pier — \d\/\d · \d blockers · 1 broken · docs\/READINESS\.md$/);
    await row(/^ {4}\[ \] The berth list was inspected by hand — P0 · Open · documents disagree$/);
  });

  it('is told by the status as well', async () => {
    const readiness = await until('the readiness', () => airworthy().exports.status?.readiness);
    assert.ok(readiness.blockers >= 1);
  });

  it('writes three bytes of a file that is not open, and none else', async () => {
    const path = 'docs/LAUNCH-CHECKLIST.md';
    const before = await bytes(path);
    await vscode.commands.executeCommand('airworthy.checklist.markDone', await place('Harbour master was told'));
    const after = await until('the write', async () => {
      const now = await bytes(path);
      return now.equals(before) ? undefined : now;
    });
    assert.equal(after.length, before.length);
    const changed = [...after.keys()].filter((index) => after[index] !== before[index]);
    assert.deepEqual(changed, [before.indexOf('[ ] Harbour') + 1]);
    assert.equal(
      vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith(path)),
      false,
    );
    await row(/^ +\[x\] Harbour master was told/);
    await vscode.commands.executeCommand('airworthy.checklist.markOpen', await place('Harbour master was told'));
    await until('the file as it was', async () => (await bytes(path)).equals(before));
    await row(/^ +\[ \] Harbour master was told/);
  });

  it('writes a file that VS Code still holds without a tab, and opens none', async () => {
    const path = 'docs/LAUNCH-CHECKLIST.md';
    const before = await bytes(path);
    await vscode.window.showTextDocument(at(path));
    await closeAll();
    const held = vscode.workspace.textDocuments.find(({ uri }) => uri.path.endsWith(path));
    assert.ok(held, 'VS Code holds the document');
    await vscode.commands.executeCommand('airworthy.checklist.markDone', await place('Harbour master was told'));
    await until('the write', async () => !(await bytes(path)).equals(before));
    await row(/^ +\[x\] Harbour master was told/);
    await until('the document as it is on disk', () => held.getText().includes('[x] Harbour master was told'));
    await vscode.commands.executeCommand('airworthy.checklist.markOpen', await place('Harbour master was told'));
    await until('the file as it was', async () => (await bytes(path)).equals(before));
    await row(/^ +\[ \] Harbour master was told/);
    assert.equal(held.isDirty, false);
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
      [],
    );
  });

  it('edits a document that is open in its editor, to be undone there', async () => {
    const { document } = await open('docs/READINESS.md');
    const before = document.getText();
    const label = 'The berth list was inspected by hand';
    const item = await place(label, await place('Blockers (P0)'));
    await vscode.commands.executeCommand('airworthy.checklist.markDone', item);
    assert.equal(document.getText(), before.replace(`[ ] ${label}`, `[x] ${label}`));
    assert.ok(document.isDirty);
    await row(/^ +\[x\] The berth list was inspected by hand/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await row(/^ +\[ \] The berth list was inspected by hand/);
  });

  it('changes while code is typed, and keeps its nodes', async () => {
    const label = 'Embedded frames cannot leave their sandbox';
    const { id } = await place(label);
    const editor = await open('src/frame.ts');
    const line = editor.document.lineAt(2).range;
    await editor.edit((builder) => builder.replace(line, "  frame.sandbox.add('allow-scripts');"));
    await row(/^ +\[x\] Embedded frames cannot leave their sandbox — P0 · Verified/);
    assert.equal((await place(label)).id, id);
    await vscode.commands.executeCommand('undo');
    await row(/^ +\[x\] Contradicted: Embedded frames cannot leave their sandbox — P0 · 1 finding/);
  });

  it('takes in documents that appear, and lets go of those that are deleted', async () => {
    await write('docs/HARDENING-CHECKLIST.md', '# Hardening checklist\n\n- [ ] Ropes are renewed every spring\n');
    await row(/^Hardening checklist/);
    await vscode.workspace.fs.delete(at('docs/HARDENING-CHECKLIST.md'));
    await until('the document to leave', async () => !(await rows()).some((line) => /^Hardening/.test(line)));
  });

  it('copies an item with its verdict', async () => {
    const item = await place('Embedded frames cannot leave their sandbox');
    await vscode.commands.executeCommand('airworthy.checklist.copy', item);
    const text = await vscode.env.clipboard.readText();
    assert.match(
      text,
      /^- \[x\] Embedded frames cannot leave .*\n\nContradicted: Marked as done, but .* has 1 finding/,
    );
  });

  it('brings documents in line where the code shows which is right, and leaves the rest alone', async () => {
    const path = 'docs/READINESS.md';
    const before = await bytes(path);
    const launch = await bytes('docs/LAUNCH-CHECKLIST.md');
    const claim = 'Embedded frames cannot leave their sandbox';
    await write('docs/HARDENING-CHECKLIST.md', `# Hardening checklist\n\n- [ ] ${claim}\n`);
    await row(/Contradicted: Embedded frames .* — P0 · 1 finding · documents disagree/);
    await vscode.commands.executeCommand('airworthy.checklist.alignAll');
    const expected = before.toString().replace(`[x] ${claim}`, `[ ] ${claim}`);
    await until('one box to be open', async () => (await read(at(path))) === expected);
    assert.equal(await read(at('docs/HARDENING-CHECKLIST.md')), `# Hardening checklist\n\n- [ ] ${claim}\n`);
    // Two documents disagree about the berth list as well, and nothing shows which of them is right.
    assert.deepEqual(await bytes('docs/LAUNCH-CHECKLIST.md'), launch);
    await row(/^ +\[ \] Embedded frames cannot leave their sandbox — P0 · Open · 1 finding$/);
    await vscode.workspace.fs.delete(at('docs/HARDENING-CHECKLIST.md'));
    await vscode.workspace.fs.writeFile(at(path), before);
    await row(/Contradicted: Embedded frames cannot leave their sandbox — P0 · 1 finding$/);
  });

  it('is read anew on request', async () => {
    await vscode.commands.executeCommand('airworthy.checklist.refresh');
    await row(/Contradicted: Embedded frames cannot leave their sandbox — P0 · 1 finding/);
  });

  it('has the promise that is broken in the Problems panel, in the Markdown and in the code', async () => {
    const found = await finding(at('docs/READINESS.md'), 'checklist/contradicted-claim');
    assert.equal(found.range.start.line, 4);
    await finding(at('src/frame.ts'), rules.sandbox);
    assert.match(await read(at('docs/READINESS.md')), /\[x\] Embedded/);
    await gone(at('docs/READINESS.md'), rules.sandbox);
  });
});
