import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { at, closeAll, finding, findings, gone, open, remove, rules, write } from '../support.ts';

const bad = "document.createElement('iframe').sandbox.add('allow-scripts', 'allow-same-origin');\n";

describe('files that are not open', () => {
  beforeEach(closeAll);
  after(async () => {
    await vscode.workspace.fs.delete(at('src/renamed.ts')).then(undefined, () => {});
  });

  it('have their findings in Problems', async () => {
    for (const path of ['src/frame.ts', 'src/frames.ts', 'src/app.ts']) await finding(at(path), rules.sandbox);
    await finding(at('jest.config.json'), rules.jest);
    await finding(at('src/order.ts'), rules.sort);
    assert.equal(vscode.window.visibleTextEditors.length, 0);
  });

  it('keep them when an editor on them closes', async () => {
    await open('src/frame.ts');
    await finding(at('src/frame.ts'), rules.sandbox);
    await closeAll();
    await finding(at('src/frame.ts'), rules.sandbox);
  });

  it('get them when they are created or changed by another program', async () => {
    await write('src/made.ts', bad);
    await finding(at('src/made.ts'), rules.sandbox);
    await write('src/made.ts', 'export {};\n');
    await gone(at('src/made.ts'));
    await write('src/made.ts', bad);
    await finding(at('src/made.ts'), rules.sandbox);
  });

  it('take them along when they are renamed', async () => {
    await vscode.workspace.fs.rename(at('src/made.ts'), at('src/renamed.ts'));
    await finding(at('src/renamed.ts'), rules.sandbox);
    await gone(at('src/made.ts'));
  });

  it('lose them when they are deleted, also with an editor open', async () => {
    await open('src/renamed.ts');
    await remove('src/renamed.ts');
    await closeAll();
    await gone(at('src/renamed.ts'));
    assert.deepEqual(findings(at('src/renamed.ts')), []);
  });
});
