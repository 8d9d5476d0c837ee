import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { neovimLike } from './support/capabilities.ts';
import { share, start } from './support/start.ts';

describe('pushed diagnostics', { timeout: 600_000 }, () => {
  it('say everything about a finding', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('src/a.ts');
    client.open(uri, 'const x = 1;\ndanger(x);\n', 7);
    await client.untilCodes(uri, ['reliability/danger']);
    assert.deepEqual(client.last(uri), {
      uri,
      version: 7,
      diagnostics: [
        {
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } },
          severity: 1,
          code: 'reliability/danger',
          codeDescription: {
            href: 'https://github.com/airworthy/airworthy/blob/main/docs/rules/reliability/danger.md',
          },
          source: 'airworthy',
          message: 'danger(1) is called; call safe instead.',
          data: { rule: 'reliability/danger', messageId: 'call', version: 7, start: 13, end: 22 },
        },
      ],
    });
  });

  it('leave out what the client does not know', async (t) => {
    const { client, folder } = await start(t, { capabilities: neovimLike });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const [diagnostic] = client.diagnostics(uri);
    assert.deepEqual(Object.keys(diagnostic ?? {}).sort(), ['code', 'message', 'range', 'severity', 'source']);
  });

  it('follow a burst of edits with one answer for its end', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'const a = 1;\n');
    await client.until('the first answer', () => client.last(uri));
    const before = client.publishedFor(uri).length;
    for (const letter of 'danger()') {
      const end = client.document(uri).positionAt(client.document(uri).getText().length);
      client.change(uri, [{ range: { start: end, end }, text: letter }]);
    }
    await client.untilCodes(uri, ['reliability/danger']);
    assert.deepEqual(client.seen(uri), ['reliability/danger: danger()']);
    assert.equal(client.last(uri)?.version, 9);
    const answers = client.publishedFor(uri).length - before;
    assert.ok(answers <= 2, `${answers} answers to eight edits`);
  });

  it('are not sent again when nothing changed for the user', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\nconst a = 1;\n');
    await client.untilCodes(uri, ['reliability/danger']);
    await client.quiet();
    const before = client.publishedFor(uri).length;
    client.replace(uri, '= 1', '= 12');
    await client.quiet();
    assert.equal(client.publishedFor(uri).length, before);
    client.replace(uri, 'danger', '  danger');
    await client.until('the moved range', () => client.publishedFor(uri).length > before);
    assert.equal(client.diagnostics(uri)[0]?.range.start.character, 2);
    assert.equal(client.last(uri)?.version, 3);
  });

  for (const [name, text] of [
    ['CRLF', 'const a = 1;\r\nconst s = "\u{1F680}\u{1F680}"; danger(s);\r\ndanger();'],
    ['lone CR', 'const a = 1;\rconst s = "\u{1F680}"; danger(s);\rdanger();'],
    ['a BOM', '\uFEFFdanger();\n\u{1F468}\u200D\u{1F469}; danger(1);\n'],
    ['U+2028 inside a string', 'const s = "\u2028"; danger(s);\ndanger();'],
    ['combining characters', 'const s = "e\u0301\u0928\u093F"; danger(s);\ndanger();'],
  ] as const) {
    it(`have ranges that cover the calls in a text with ${name}`, async (t) => {
      const { client, folder } = await share(t);
      const uri = folder.uri('a.ts');
      client.open(uri, text);
      await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
      for (const seen of client.seen(uri)) assert.match(seen, /^reliability\/danger: danger\([s1]?\)$/);
      const at = client.document(uri).positionAt(text.lastIndexOf('danger'));
      client.change(uri, [{ range: { start: at, end: at }, text: '/* \u{1F680} */ ' }]);
      await client.until('the new version', () => client.last(uri)?.version === 2);
      for (const seen of client.seen(uri)) assert.match(seen, /^reliability\/danger: danger\([s1]?\)$/);
    });
  }

  it('start anew with the version of a document that is opened again', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n', 40);
    await client.untilCodes(uri, ['reliability/danger']);
    client.close(uri);
    await client.untilCodes(uri, []);
    client.open(uri, 'danger();\n', 1);
    await client.untilCodes(uri, ['reliability/danger']);
    assert.equal(client.last(uri)?.version, 1);
    client.replace(uri, 'danger', 'other');
    await client.untilCodes(uri, []);
    assert.equal(client.last(uri)?.version, 2);
  });

  it('answer for a document without findings once, with its version', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'const a = 1;\n', 3);
    await client.quiet();
    assert.deepEqual(client.publishedFor(uri), [{ uri, version: 3, diagnostics: [] }]);
  });

  it('fall back to the text on disk when a changed document is closed', async (t) => {
    const { client, folder } = await start(t);
    const uri = folder.write('a.ts', 'danger(1);\n');
    await client.untilCodes(uri, ['reliability/danger']);
    assert.equal(client.last(uri)?.version, undefined);
    client.open(uri, 'danger(1);\ndanger(2);\n');
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
    client.close(uri);
    await client.untilCodes(uri, ['reliability/danger']);
  });

  it('of all lanes stay while a document is closed and opened again', async (t) => {
    const text =
      "danger(1);\nregister('one');\nfragile(2);\n// airworthy-disable-next-line types/fragile -- known\nfragile(3);\n// airworthy-disable-next-line types/fragile -- not needed\nfragile('');\n";
    const codes = ['reliability/danger', 'config/duplicate-name', 'types/fragile', 'airworthy/unused-suppression'];
    const { client, folder } = await start(t, {}, (files) => {
      files.write('a.ts', text);
      files.write('b.ts', "register('one');\n");
    });
    const uri = folder.uri('a.ts');
    await client.untilCodes(uri, codes);
    const inFull = client.diagnostics(uri).map(({ data: _, ...shown }) => shown);
    const before = client.publishedFor(uri).length;
    for (const version of [1, 2, 1]) {
      client.open(uri, text, version);
      await client.until('an answer for the opened document', () => client.last(uri)?.version === version);
      await client.quiet();
      client.close(uri);
      await client.quiet();
    }
    const answers = client.publishedFor(uri).slice(before);
    assert.ok(answers.length >= 3, `${answers.length} answers to three openings`);
    for (const { diagnostics } of answers) {
      assert.deepEqual(
        diagnostics.map(({ data: _, ...shown }) => shown),
        inFull,
      );
    }
  });

  it('go through lanes: names that are registered twice, in both documents', async (t) => {
    const { client, folder } = await share(t);
    const a = folder.uri('a.ts');
    const b = folder.uri('b.ts');
    client.open(a, "register('one');\n");
    client.open(b, "\nregister('one');\n");
    await client.untilCodes(a, ['config/duplicate-name']);
    await client.untilCodes(b, ['config/duplicate-name']);
    assert.deepEqual(client.diagnostics(a)[0]?.relatedInformation, [
      {
        location: { uri: b, range: { start: { line: 1, character: 9 }, end: { line: 1, character: 14 } } },
        message: 'also one',
      },
    ]);
    client.replace(b, "'one'", "'two'");
    await client.untilCodes(a, []);
    await client.untilCodes(b, []);
  });

  it('need no workspace folder', async (t) => {
    const { client, folder } = await start(t, { folders: [] });
    const uri = folder.write('a.ts', 'danger();\n');
    folder.write('other.ts', 'danger();\n');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    client.open('untitled:Untitled-1', 'danger();\n');
    await client.untilCodes('untitled:Untitled-1', ['reliability/danger']);
    client.open('git:/a.ts?HEAD', 'danger();\n');
    client.close(uri);
    await client.untilCodes(uri, []);
    await client.quiet();
    assert.deepEqual([...new Set(client.published.map((params) => params.uri))], [uri, 'untitled:Untitled-1']);
  });

  it('go on when a rule throws', async (t) => {
    const { client, folder } = await start(t, { initializationOptions: { status: true } });
    const uri = folder.uri('a.ts');
    client.open(uri, 'explode();\ndanger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const status = await client.until('the error', () =>
      client.received.findLast(
        ({ method, params }) => method === 'airworthy/status' && (params as { state: string }).state === 'error',
      ),
    );
    assert.match((status.params as { message: string }).message, /testing\/explosion failed/);
    client.replace(uri, 'explode', 'implode');
    await client.until('the all-clear', () => {
      const last = client.received.findLast(({ method }) => method === 'airworthy/status');
      return last !== undefined && (last.params as { state: string }).state === 'ready';
    });
  });

  it('go on when something fails where nobody can catch it', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'explodeLater();\n');
    await client.until('both errors', () =>
      ['late', 'rejected'].every((one) => client.log.join().includes(`a ${one} bug`)),
    );
    client.replace(uri, 'explodeLater', 'danger');
    await client.untilCodes(uri, ['reliability/danger']);
  });

  it('of types wait for a save in documents above a megabyte', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('large.ts');
    client.open(uri, `fragile(1);\nlet a;\nlet b;\n${`// ${'-'.repeat(97)}\n`.repeat(10_500)}`);
    await client.untilCodes(uri, ['types/fragile']);
    const at = { line: 3, character: 0 };
    client.change(uri, [{ range: { start: at, end: at }, text: 'fragile(2);\ndanger();\n' }]);
    await client.untilCodes(uri, ['types/fragile', 'reliability/danger']);
    await client.quiet();
    assert.deepEqual(client.seen(uri), ['types/fragile: 1', 'reliability/danger: danger()']);
    client.notify('textDocument/didSave', { textDocument: { uri } });
    await client.untilCodes(uri, ['types/fragile', 'types/fragile', 'reliability/danger']);
  });

  it('follow versions whichever way they go', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n', 9);
    await client.untilCodes(uri, ['reliability/danger']);
    const change = (version: number | null, text: string): void =>
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    change(5, '');
    await client.untilCodes(uri, []);
    assert.equal(client.last(uri)?.version, 5);
    change(5, 'danger();');
    await client.untilCodes(uri, ['reliability/danger']);
    assert.equal(client.last(uri)?.version, 5);
    change(null, '');
    await client.untilCodes(uri, []);
    assert.equal(client.last(uri)?.version, 6);
  });

  it('say why a document is not analysed, while it is open', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('airworthy.json', '{ "budgets": { "maxFileSize": 1024 } }');
      files.write('large.ts', 'danger();\n'.repeat(200));
    });
    const uri = folder.uri('large.ts');
    client.open(uri, 'danger();\n'.repeat(200));
    await client.untilCodes(uri, ['skipped']);
    const [note] = client.diagnostics(uri);
    assert.equal(note?.severity, 3);
    assert.deepEqual(note.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    assert.match(String(note.message), /larger than budgets\.maxFileSize/);
    client.change(uri, [{ text: 'danger();\n' }]);
    await client.untilCodes(uri, ['reliability/danger']);
    client.close(uri);
    await client.untilCodes(uri, []);
  });

  it('fade suppressions that nothing needs', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, '// airworthy-disable-next-line reliability/danger -- Ada: measured, it is fine\nsafe();\n');
    await client.untilCodes(uri, ['airworthy/unused-suppression']);
    const [note] = client.diagnostics(uri);
    assert.deepEqual(note?.tags, [1]);
    assert.match(note.codeDescription?.href ?? '', /\/docs\/suppressions\.md$/);
    assert.ok(note.range);
    assert.deepEqual(await client.actions(uri, note.range, ['quickfix']), []);
  });

  it('spell uris as the client does', async (t) => {
    const { client, folder } = await share(t);
    const uri = `${folder.uri('some folder/@scope/caf\u00E9 (1)/')}a%2Bb.ts`.replace('@', '%40');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
  });
});
