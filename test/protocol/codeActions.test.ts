import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CodeAction, Range, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { neovimLike, pullOnly } from './support/capabilities.ts';
import { share, start } from './support/start.ts';
import { titled } from './support/titled.ts';

const contentModified = -32801;

function versionOf(edit: WorkspaceEdit | undefined): number | null | undefined {
  return (edit?.documentChanges?.find((change) => 'edits' in change) as TextDocumentEdit | undefined)?.textDocument
    .version;
}

const start0: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('code actions', { timeout: 600_000 }, () => {
  it('offer the fixes of a finding, the first safe one preferred', async (t) => {
    const { client, folder, result } = await share(t);
    assert.deepEqual(result.capabilities.codeActionProvider, {
      codeActionKinds: ['quickfix', 'source.fixAll.airworthy'],
      resolveProvider: true,
    });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n', 5);
    await client.untilCodes(uri, ['reliability/danger']);
    const actions = await client.actions(uri, client.rangeOf(uri, 'danger'), ['quickfix']);
    const fixes = actions.filter(({ title, command }) => command === undefined && !title.startsWith('Suppress'));
    assert.deepEqual(
      fixes.map(({ title, isPreferred }) => [title, isPreferred ?? false]),
      [
        ['Call safe instead', true],
        ['Remove the call (review)', false],
        ['Wrap the call (review)', false],
        ['Describe the call in a file (review)', false],
      ],
    );
    for (const action of fixes) assert.deepEqual(action.diagnostics, client.diagnostics(uri));
    assert.equal(versionOf(titled(actions, 'Call safe instead').edit), 5);
    client.apply(titled(actions, 'Call safe instead').edit);
    await client.untilCodes(uri, []);
    assert.equal(client.document(uri).getText(), 'safe();\n');
  });

  it('put edits in the right place after emoji and CRLF', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, '\uFEFFconst s = "\u{1F680}";\r\n/* \u{1F468}\u200D\u{1F469} */ danger(s);\r\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const actions = await client.actions(uri, client.rangeOf(uri, 'danger'));
    client.apply(titled(actions, 'Call safe instead').edit);
    assert.match(client.document(uri).getText(), /\*\/ safe\(s\);\r\n$/);
  });

  it('see an edit that came right before the request', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'const a = 1;\n');
    client.change(uri, [{ range: start0, text: 'danger();\n' }]);
    const actions = await client.actions(uri, client.rangeOf(uri, 'danger'));
    assert.equal(versionOf(titled(actions, 'Call safe instead').edit), 2);
  });

  it('compute costly edits when they are picked, for the version they were offered for', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const action = titled(await client.actions(uri, client.rangeOf(uri, 'danger')), 'Wrap the call (review)');
    assert.equal(action.edit, undefined);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    assert.equal(versionOf(resolved.edit), 1);
    client.replace(uri, '1', '2');
    await assert.rejects(client.request('codeAction/resolve', action), { code: contentModified });
    const again = titled(await client.actions(uri, client.rangeOf(uri, 'danger')), 'Wrap the call (review)');
    client.apply((await client.request<CodeAction>('codeAction/resolve', again)).edit);
    assert.equal(client.document(uri).getText(), 'wrapped(danger(2));\n');
  });

  it('come with their edits for clients that cannot ask for them later', async (t) => {
    const { client, folder } = await start(t, { capabilities: neovimLike });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\ndanger(2);\n');
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
    const actions = await client.actions(uri, client.rangeOf(uri, 'danger'));
    client.apply(titled(actions, 'Wrap the call (review)').edit);
    assert.equal(client.document(uri).getText(), 'wrapped(danger(1));\ndanger(2);\n');
    const all = titled(
      await client.actions(uri, client.rangeOf(uri, 'danger(2)')),
      'Fix all reliability/danger in this file',
    );
    client.apply(all.edit);
    assert.equal(client.document(uri).getText(), 'wrapped(safe(1));\nsafe(2);\n');
  });

  it('create files only for clients that can', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\n');
    const action = titled(
      await client.actions(uri, client.rangeOf(uri, 'danger')),
      'Describe the call in a file (review)',
    );
    assert.deepEqual(action.edit?.documentChanges, [
      { kind: 'create', uri: folder.uri('described.md'), options: { overwrite: false } },
      {
        textDocument: { uri: folder.uri('described.md'), version: null },
        edits: [{ range: start0, newText: '# Danger\n' }],
      },
      { textDocument: { uri, version: 1 }, edits: [{ range: start0, newText: '/* described */ ' }] },
    ]);
    const other = await start(t, { capabilities: pullOnly });
    const otherUri = other.folder.uri('a.ts');
    other.client.open(otherUri, 'danger(1);\n');
    const titles = (await other.client.actions(otherUri, start0)).map((one) => one.title);
    assert.ok(titles.includes('Call safe instead'));
    assert.ok(!titles.includes('Describe the call in a file (review)'));
  });

  it('fix all of a file on save: safe fixes alone', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\nfunction f() {\n  danger(danger(2));\n}\n', 3);
    await client.untilCodes(uri, Array(3).fill('reliability/danger'));
    for (const only of [['source.fixAll.airworthy'], ['source.fixAll'], ['source']]) {
      const actions = await client.actions(uri, start0, only);
      assert.deepEqual(
        actions.map(({ kind }) => kind),
        ['source.fixAll.airworthy'],
      );
    }
    assert.deepEqual(await client.actions(uri, start0, ['source.organizeImports']), []);
    const [action] = await client.actions(uri, start0, ['source.fixAll']);
    assert.equal(versionOf(action?.edit), 3);
    client.apply(action?.edit);
    assert.equal(client.document(uri).getText(), 'safe(1);\nfunction f() {\n  safe(safe(2));\n}\n');
    await client.untilCodes(uri, []);
    assert.deepEqual(await client.actions(uri, start0, ['source.fixAll']), []);
  });

  it('fix all findings of a rule in a file', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\ndanger(2);\n');
    const title = 'Fix all reliability/danger in this file';
    const action = titled(await client.actions(uri, client.rangeOf(uri, 'danger')), title);
    client.apply((await client.request<CodeAction>('codeAction/resolve', action)).edit);
    await client.untilCodes(uri, []);
    client.replace(uri, 'safe', 'danger');
    const actions = await client.actions(uri, client.rangeOf(uri, 'danger'));
    assert.ok(!actions.some((one) => one.title === title), 'one finding needs no fix-all');
  });

  it('are none where nothing is found, and none for documents that are not open', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\nconst a = 1;\n');
    assert.deepEqual(await client.actions(uri, client.rangeOf(uri, 'const a')), []);
    assert.deepEqual(
      await client.request('textDocument/codeAction', {
        textDocument: { uri: folder.uri('b.ts') },
        range: start0,
        context: { diagnostics: [] },
      }),
      null,
    );
  });

  it('say which fix failed, and lose nothing else', async (t) => {
    const { client, folder } = await start(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'mend();\ndanger();\n');
    await client.untilCodes(uri, ['testing/mend', 'reliability/danger']);
    const actions = await client.actions(uri, client.rangeOf(uri, 'mend'));
    const fixes = actions.filter(({ title }) => /^(?:Break|Mend)/.test(title)).map(({ title }) => title);
    assert.deepEqual(fixes, ['Break later (review)', 'Mend']);
    await client.until('the fix in the log', () =>
      client.log.some((line) => line.includes('The fix "Break at once" of the rule testing/mend failed')),
    );
    assert.ok(!client.received.some(({ method }) => method === 'window/showMessage'), 'nobody picked it');

    const picked = await client.request<CodeAction>('codeAction/resolve', titled(actions, 'Break later (review)'));
    assert.equal(picked.edit, undefined);
    const shown = await client.until('the message', () =>
      client.received.find(({ method }) => method === 'window/showMessage'),
    );
    assert.match(
      (shown.params as { message: string }).message,
      /The fix "Break later" of the rule testing\/mend failed, and nothing was changed/,
    );
    assert.ok(client.log.some((line) => line.includes('This fix has a bug, too.')));

    const [all] = await client.actions(uri, start0, ['source.fixAll']);
    client.apply(all?.edit);
    assert.equal(client.document(uri).getText(), 'mended();\nsafe();\n');
    await client.untilCodes(uri, []);
  });

  it('open the page of a rule', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(1);\n');
    const { command } = titled(
      await client.actions(uri, client.rangeOf(uri, 'danger')),
      'Open the page of reliability/danger',
    );
    await client.request('workspace/executeCommand', command);
    const shown = client.received.find(({ method }) => method === 'window/showDocument');
    assert.deepEqual(shown?.params, {
      uri: 'https://github.com/airworthy/airworthy/blob/main/docs/rules/reliability/danger.md',
      external: true,
    });
  });
});
