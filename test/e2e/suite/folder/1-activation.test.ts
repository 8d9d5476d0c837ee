import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { report } from '../report.ts';
import { airworthy, at, closeAll, finding, gone, open, rules, timeToFindings, until } from '../support.ts';

describe('activation', () => {
  it('is woken by the content of the folder, without an open file', async () => {
    assert.equal(vscode.window.activeTextEditor, undefined);
    await until('the extension to be active', () => airworthy().isActive);
  });

  it('shows findings of the first file', async () => {
    await airworthy().exports.started;
    await open('src/frame.ts');
    await finding(at('src/frame.ts'), rules.sandbox);
  });

  it('shows new findings while one types', async () => {
    const editor = await open('src/frame.ts');
    const times: number[] = [];
    for (let round = 0; round < 10; round++) {
      const time = timeToFindings(editor.document.uri);
      const line = round % 2 === 0 ? "window.frames[0]?.sandbox.add('allow-scripts', 'allow-same-origin');\n" : '';
      const range = new vscode.Range(0, 0, line ? 0 : 1, 0);
      await editor.edit((builder) => builder.replace(range, line));
      times.push(await time);
    }
    times.sort((a, b) => a - b);
    const [best = 0] = times;
    report({
      kind: 'measure',
      text: `edit to findings: ${best.toFixed(0)} ms at best, ${times.at(5)?.toFixed(0)} ms median`,
    });
    await closeAll();
  });

  it('shows findings of another file at once', async () => {
    // Where closed files are analysed too, their findings are there before they are opened.
    const settings = vscode.workspace.getConfiguration('airworthy');
    await settings.update('analyze', 'openFiles', vscode.ConfigurationTarget.Workspace);
    await open('src/frame.ts');
    await finding(at('src/frame.ts'), rules.sandbox);
    await gone(at('src/app.ts'));
    const opening = performance.now();
    let opened = 0;
    const listening = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.toString() === at('src/app.ts').toString()) opened = performance.now();
    });
    const time = timeToFindings(at('src/app.ts'));
    await open('src/app.ts');
    await time;
    const now = performance.now();
    listening.dispose();
    report({
      kind: 'measure',
      text: `another file to findings: ${(now - opening).toFixed(0)} ms, ${(now - opened).toFixed(0)} ms after VS Code read it`,
    });
    await settings.update('analyze', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
    await vscode.workspace.fs.delete(at('.vscode'), { recursive: true });
  });

  it('reports how the server is', async () => {
    const status = await until('a status of ready', () => {
      const { status } = airworthy().exports;
      return status?.state === 'ready' ? status : undefined;
    });
    assert.ok(status.documents > 0);
    assert.ok(status.findings.P0 > 0);
  });
});
