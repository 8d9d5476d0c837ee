import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { airworthy, at, closeAll, finding, findings, folder, gone, open, rules, until } from '../support.ts';

const late = (): vscode.Uri => vscode.Uri.joinPath(folder('strict'), '..', 'late');

describe('several folders', () => {
  it('have settings of their own', async () => {
    await open('src/frame.ts', folder('relaxed'));
    await open('src/frame.ts', folder('strict'));
    await finding(at('src/frame.ts', folder('strict')), rules.sandbox);
    await until('the server to be done', () => airworthy().exports.status?.state === 'ready');
    assert.deepEqual(findings(at('src/frame.ts', folder('relaxed')), rules.sandbox), []);
    await closeAll();
  });

  it('are analysed from the moment they are added, until they are removed', async () => {
    const pid = airworthy().exports.serverPid;
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: late() }));
    const file = vscode.Uri.joinPath(late(), 'src/frame.ts');
    await finding(file, rules.sandbox);
    assert.ok(vscode.workspace.updateWorkspaceFolders(count, 1));
    await gone(file);
    assert.equal(airworthy().exports.serverPid, pid);
    await finding(at('src/frame.ts', folder('strict')), rules.sandbox);
  });
});
