import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { report } from '../report.ts';
import { airworthy, at, finding, open, rules, until } from '../support.ts';

describe('activation', () => {
  it('is woken by the content of the folder, without an open file', async () => {
    assert.equal(vscode.window.activeTextEditor, undefined);
    await until('the extension to be active', () => airworthy().isActive);
  });

  it('shows findings of a file within moments of opening it', async () => {
    await airworthy().exports.started;
    const start = performance.now();
    await open('src/frame.ts');
    await finding(at('src/frame.ts'), rules.sandbox);
    report({
      kind: 'measure',
      text: `first file: findings ${(performance.now() - start).toFixed(0)} ms after opening`,
    });
  });

  it('shows findings of the next file faster still', async () => {
    const start = performance.now();
    await open('src/frames.ts');
    await finding(at('src/frames.ts'), rules.sandbox);
    report({ kind: 'measure', text: `next file: findings ${(performance.now() - start).toFixed(0)} ms after opening` });
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
