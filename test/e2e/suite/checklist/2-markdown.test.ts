import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { place, row } from '../checklistTree.ts';
import { airworthy, ask, at, closeAll, hover, open, until } from '../support.ts';

const promise = new vscode.Position(4, 12);

async function lenses(): Promise<readonly string[]> {
  const found = await ask<vscode.CodeLens[]>('vscode.executeCodeLensProvider', at('docs/READINESS.md'), 50);
  return found.map(({ command }) => command?.title ?? '');
}

describe('the Markdown editor', () => {
  afterEach(closeAll);

  it('explains a verdict on hover', async () => {
    await open('docs/READINESS.md');
    await row(/Contradicted: .* — P0 · 1 finding/);
    const text = await until('the verdict', async () => {
      const shown = await hover(at('docs/READINESS.md'), promise);
      return /\*\*Contradicted\*\*/.test(shown) ? shown : undefined;
    });
    assert.match(text, /src\/frame\.ts:3\]\(file:/);
  });

  it('says above an item what speaks about it and what can be done', async () => {
    await open('docs/READINESS.md');
    const titles = await until('lenses', async () => {
      const now = await lenses();
      return now.includes('Run gate') ? now : undefined;
    });
    for (const title of ['Contradicted: 1 finding', 'Mark open', 'Run gate']) assert.ok(titles.includes(title), title);
  });

  it('goes to the evidence', async () => {
    await vscode.commands.executeCommand(
      'airworthy.checklist.goToEvidence',
      (await place('Embedded frames cannot leave their sandbox')).id,
    );
    const editor = await until('the finding', () => vscode.window.activeTextEditor);
    assert.ok(editor.document.uri.path.endsWith('/src/frame.ts'));
    assert.equal(editor.selection.start.line, 2);
  });

  it('reveals an item', async () => {
    await vscode.commands.executeCommand('airworthy.checklist.reveal', await place('Everything builds'));
    const editor = await until('the document', () => vscode.window.activeTextEditor);
    assert.ok(editor.document.uri.path.endsWith('/docs/READINESS.md'));
    assert.equal(editor.selection.start.line, 10);
  });

  it('completes rule ids in comments', async () => {
    const editor = await open('docs/READINESS.md');
    const end = editor.document.lineAt(5).range.end;
    await editor.edit((builder) => builder.insert(end, ' <!-- airworthy: '));
    const position = editor.document.lineAt(5).range.end;
    const list = await ask<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      position,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('security/iframe-sandbox-escape'), labels.join(', '));
    await vscode.commands.executeCommand('undo');
  });

  it('opens the report', async () => {
    await vscode.commands.executeCommand('airworthy.openReport');
    await until('its tab', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Readiness of checklist')),
    );
  });

  it('opens what the report links to, and nothing outside of the folder', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder');
    const follow = (path: string) =>
      vscode.commands.executeCommand('airworthy.openReportPlace', folder.toString(), path, 2);
    const [some] = await vscode.workspace.findFiles('**/*.md', null, 1);
    const path = some?.path.slice(folder.path.length + 1) ?? assert.fail('no document');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const shown = () => vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString());
    await follow('../../package.json');
    assert.deepEqual(shown(), []);
    await follow(path);
    assert.deepEqual(shown(), [some?.toString()]);
    assert.equal(vscode.window.visibleTextEditors[0]?.selection.active.line, 1);
  });

  it('writes a checklist for what the project is made of, and not over one that is there', async () => {
    await until('the analysis', () => airworthy().exports.status?.state === 'ready');
    await vscode.commands.executeCommand('airworthy.checklist.create');
    const { document } = await until('the document', () => vscode.window.activeTextEditor);
    assert.ok(document.uri.path.endsWith('/checklist/READINESS.md'), document.uri.path);
    assert.equal(document.isDirty, false);
    assert.match(document.getText(), /<!-- airworthy: security\/iframe-sandbox-escape -->/);
    await row(/^ +\[ \] .* — P\d · Open · 1 finding/);
    const text = document.getText();
    await vscode.commands.executeCommand('airworthy.checklist.create');
    assert.equal(document.getText(), text);
    await closeAll();
    await vscode.workspace.fs.delete(at('READINESS.md'));
  });

  it('still has the checklist when the server was restarted', async () => {
    await vscode.commands.executeCommand('airworthy.restart');
    await airworthy().exports.started;
    await row(/Contradicted: .* — P0 · 1 finding/);
  });
});
