import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openRulePageCommand, restartCommand } from '#protocol/messages.ts';
import { report } from '../report.ts';
import { airworthy, at, closeAll, finding, gone, open, rules, timeToFindings, until } from '../support.ts';

const pid = (): number | undefined => airworthy().exports.serverPid;

describe('commands', () => {
  beforeEach(closeAll);

  it('are all there', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const { command } of airworthy().packageJSON.contributes.commands) assert.ok(known.includes(command), command);
  });

  it('open the page of a rule without a network', async () => {
    await vscode.commands.executeCommand(openRulePageCommand, { rule: rules.sandbox, url: 'https://example.invalid/' });
    const tab = await until('the preview', () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.match(tab.label, /iframe-sandbox-escape/);
    assert.ok(tab.input instanceof vscode.TabInputWebview);
  });

  it('show the output', async () => {
    await vscode.commands.executeCommand('airworthy.showOutput');
    await until('the output', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
    );
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('restart the server', async () => {
    const { document } = await open('src/frame.ts');
    await finding(document.uri, rules.sandbox);
    const before = pid();
    const start = performance.now();
    const cleared = timeToFindings(document.uri);
    const restarted = vscode.commands.executeCommand(restartCommand);
    await cleared;
    await finding(document.uri, rules.sandbox);
    report({ kind: 'measure', text: `restart to findings: ${(performance.now() - start).toFixed(0)} ms` });
    await restarted;
    assert.notEqual(pid(), before);
  });
});

describe('a server that dies', () => {
  beforeEach(closeAll);

  it('is started again and knows everything that was typed meanwhile', async () => {
    const editor = await open('src/frame.ts');
    const { uri } = editor.document;
    await finding(uri, rules.sandbox);
    const before = pid();
    assert.ok(before);
    process.kill(before, 'SIGKILL');
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '// typed while it was away\n'));
    await until('another process', () => pid() !== undefined && pid() !== before);
    await until('the finding one line lower', async () => (await finding(uri, rules.sandbox)).range.start.line === 3);
    const text = editor.document.getText();
    const start = text.indexOf(", 'allow-same-origin'");
    const range = new vscode.Range(
      editor.document.positionAt(start),
      editor.document.positionAt(start + ", 'allow-same-origin'".length),
    );
    await editor.edit((builder) => builder.delete(range));
    await gone(uri, rules.sandbox);
  });

  it('still has the findings of files that are not open', async () => {
    await finding(at('src/frames.ts'), rules.sandbox);
  });

  it('too often is left alone until somebody restarts it', async () => {
    await open('src/frame.ts');
    let kills = 0;
    while (!airworthy().exports.stopped) {
      assert.ok(kills < 5, `${kills} deaths and still started again`);
      const before = await until('a process', pid, 20_000);
      process.kill(before, 'SIGKILL');
      kills++;
      await until(
        'the end or another process',
        () => airworthy().exports.stopped || (pid() ?? before) !== before,
        20_000,
      );
    }
    assert.equal(pid(), undefined);
    await vscode.commands.executeCommand(restartCommand);
    assert.equal(airworthy().exports.stopped, false);
    await finding(at('src/frame.ts'), rules.sandbox);
  }).timeout(90_000);
});
