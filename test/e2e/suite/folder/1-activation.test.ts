import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { report } from '../report.ts';
import { airworthy, at, closeAll, finding, open, rules, timeToFindings, until } from '../support.ts';

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

  it('reports how the server is', async () => {
    const status = await until('a status of ready', () => {
      const { status } = airworthy().exports;
      return status?.state === 'ready' ? status : undefined;
    });
    assert.ok(status.documents > 0);
    assert.ok(status.findings.P0 > 0);
  });
});
