import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { airworthy, at, closeAll, finding, findings, gone, open, remove, rules, until, write } from '../support.ts';

describe('configuration', () => {
  beforeEach(closeAll);
  afterEach(async () => {
    await vscode.workspace.fs.delete(at('airworthy.json')).then(undefined, () => {});
  });

  it('in airworthy.json applies at once, without a restart, and again when the file is gone', async () => {
    const { document } = await open('src/frame.ts');
    await finding(document.uri, rules.sandbox);
    const pid = airworthy().exports.serverPid;
    await write('airworthy.json', `{ "rules": { "${rules.sandbox}": "off" } } // a comment is fine\n`);
    await gone(document.uri, rules.sandbox);
    await write('airworthy.json', `{ "rules": { "${rules.sandbox}": "P3" } }`);
    const hint = await finding(document.uri, rules.sandbox);
    assert.equal(hint.severity, vscode.DiagnosticSeverity.Hint);
    await remove('airworthy.json');
    await until(
      'the rule to have its own priority again',
      () => findings(document.uri, rules.sandbox)[0]?.severity === vscode.DiagnosticSeverity.Error,
    );
    assert.equal(airworthy().exports.serverPid, pid);
  });

  it('with a mistake says so at its place, and the rest applies', async () => {
    const text = `{\n  "rules": {\n    "${rules.sandbox}": "off",\n    "no/such-rule": "off"\n  }\n}\n`;
    const { document } = await open('src/frame.ts');
    await finding(document.uri, rules.sandbox);
    const uri = await write('airworthy.json', text);
    await gone(document.uri, rules.sandbox);
    const problem = await until('a problem in airworthy.json', () => findings(uri)[0]);
    assert.equal(problem.range.start.line, 3);
  });

  it('of the editor switches a folder off and on', async () => {
    const settings = vscode.workspace.getConfiguration('airworthy');
    await finding(at('src/frame.ts'), rules.sandbox);
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    try {
      await gone(at('src/frame.ts'));
    } finally {
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await finding(at('src/frame.ts'), rules.sandbox);
  });

  it('of the editor limits findings to open files', async () => {
    const settings = vscode.workspace.getConfiguration('airworthy');
    await settings.update('analyze', 'openFiles', vscode.ConfigurationTarget.Workspace);
    try {
      await gone(at('src/frames.ts'));
      await open('src/frames.ts');
      await finding(at('src/frames.ts'), rules.sandbox);
    } finally {
      await settings.update('analyze', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await finding(at('src/frame.ts'), rules.sandbox);
  });
});
