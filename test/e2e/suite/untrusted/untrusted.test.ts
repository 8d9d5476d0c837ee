import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { place, row } from '../checklistTree.ts';
import { airworthy, apply, at, codeActions, finding, gone, open, rules, until } from '../support.ts';

describe('an untrusted workspace', () => {
  it('is analysed, with its airworthy.json and without its editor settings', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await until('the extension to be active', () => airworthy().isActive);
    const { document } = await open('frame.ts');
    const diagnostic = await finding(document.uri, rules.sandbox);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    await finding(document.uri, rules.sort);
  });

  it('can be repaired', async () => {
    const { document } = await open('frame.ts');
    const { range } = await finding(document.uri, rules.sandbox);
    for (const action of await codeActions(document.uri, range)) if (action.isPreferred) await apply(action);
    await gone(document.uri, rules.sandbox);
  });

  it('shows its checklist, and runs no gate', async () => {
    await row(/\[ \] Everything builds/);
    const started: string[] = [];
    const listening = vscode.tasks.onDidStartTask(({ execution }) => started.push(execution.task.name));
    await vscode.commands.executeCommand('airworthy.checklist.runGate', await place('Everything builds'));
    listening.dispose();
    assert.deepEqual(started, []);
    assert.deepEqual(vscode.tasks.taskExecutions, []);
  });

  it('has none of its code run', async () => {
    await until('the server to be done', () => airworthy().exports.status?.state === 'ready');
    const entries = await vscode.workspace.fs.readDirectory(at('.'));
    assert.deepEqual(
      entries.map(([name]) => name).filter((name) => name.startsWith('EXECUTED')),
      [],
    );
    assert.ok(entries.some(([name]) => name === 'preset.cjs'));
  });
});
