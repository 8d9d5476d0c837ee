import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { at, closeAll, finding, findings, gone, hover, open, remove, ruleOf, rules, until, write } from '../support.ts';

/** Waits until half a second has gone by without news about any file: what opening it brought is there. */
async function unchanged(): Promise<void> {
  for (let news = true; news; ) {
    news = false;
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      news = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    listening.dispose();
  }
}

describe('diagnostics', () => {
  const uri = at('src/app.ts');
  beforeEach(closeAll);

  it('come from every lane: syntax, types, project', async () => {
    await open('src/app.ts');
    for (const rule of [rules.sandbox, rules.sort, rules.env]) await finding(uri, rule);
  });

  it('stand where the problem is, with the rule, its page and a severity by priority', async () => {
    await open('src/app.ts');
    const diagnostic = await finding(uri, rules.sandbox);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(diagnostic.range.start.line, 4);
    assert.ok(typeof diagnostic.code === 'object');
    assert.match(String(diagnostic.code.target), /security\/iframe-sandbox-escape/);
    assert.equal((await finding(uri, rules.sort)).severity, vscode.DiagnosticSeverity.Warning);
  });

  it('are there once, however many ways there are to send them', async () => {
    await open('src/app.ts');
    await finding(uri, rules.env);
    await finding(uri, rules.sort);
    const all = findings(uri).map((one) => `${ruleOf(one)} ${one.range.start.line}:${one.range.start.character}`);
    assert.deepEqual(all, [...new Set(all)]);
  });

  it('stay while one types elsewhere in the file, and move with their code', async () => {
    const editor = await open('src/app.ts');
    const expected = [rules.sandbox, rules.sort, rules.env];
    for (const rule of expected) await finding(uri, rule);
    await unchanged();
    const lost: string[] = [];
    const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (!uris.some((changed) => changed.toString() === uri.toString())) return;
      const present = findings(uri).map(ruleOf);
      lost.push(...expected.filter((rule) => !present.includes(rule)));
    });
    try {
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n'));
      editor.selection = new vscode.Selection(0, 0, 0, 0);
      for (const text of '// typed above') await vscode.commands.executeCommand('type', { text });
      await until('the finding to move down', () => findings(uri, rules.sandbox)[0]?.range.start.line === 5);
      await until('the typed finding to move down', () => findings(uri, rules.sort)[0]?.range.start.line === 6);
    } finally {
      listening.dispose();
    }
    assert.deepEqual(lost, []);
  });

  it('go with the code they stood on and come back with undo', async () => {
    const editor = await open('src/app.ts');
    await finding(uri, rules.sandbox);
    await editor.edit((builder) => builder.delete(editor.document.lineAt(4).rangeIncludingLineBreak));
    await gone(uri, rules.sandbox);
    await vscode.commands.executeCommand('undo');
    await finding(uri, rules.sandbox);
  });

  it('explain themselves on hover', async () => {
    await open('src/app.ts');
    const { range } = await finding(uri, rules.sandbox);
    const text = await until('a hover', () => hover(uri, range.start));
    assert.match(text, /iframe-sandbox-escape/);
  });

  describe('after a burst of edits', () => {
    const burst = at('src/burst.ts');
    before(async () => {
      await write('src/burst.ts', '');
    });
    after(() => remove('src/burst.ts'));

    it('belong to the last text', async () => {
      const editor = await open('src/burst.ts');
      const bad = "document.createElement('iframe').sandbox.add('allow-scripts', 'allow-same-origin');\n";
      for (let line = 0; line < 60; line++) {
        const text = line % 3 === 0 ? bad : `console.log('🛩', ${line});\n`;
        await editor.edit((builder) => builder.insert(new vscode.Position(line, 0), text));
      }
      await until('20 findings', () => findings(burst, rules.sandbox).length === 20);
      const lines = findings(burst, rules.sandbox).map((one) => editor.document.lineAt(one.range.start.line).text);
      for (const text of lines) assert.equal(`${text}\n`, bad);
      await editor.edit((builder) => builder.delete(new vscode.Range(0, 0, 60, 0)));
      await gone(burst);
    });

    it('survive text that is no program', async () => {
      const editor = await open('src/burst.ts');
      await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'function ( { `${ /* '));
      await editor.edit((builder) =>
        builder.insert(new vscode.Position(0, 0), "x.sandbox.add('allow-scripts', 'allow-same-origin');\n"),
      );
      await finding(burst, rules.sandbox);
    });
  });
});
