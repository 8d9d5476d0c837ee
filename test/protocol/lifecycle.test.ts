import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { serverBundle } from './support/bundle.ts';
import { bare, neovimLike, pullOnly, vscodeLike } from './support/capabilities.ts';
import { Client, Folder } from './support/client.ts';
import { share, start } from './support/start.ts';

const invalidRequest = -32600;
const methodNotFound = -32601;
const invalidParams = -32602;
const notInitialized = -32002;
const requestCancelled = -32800;
const contentModified = -32801;

function plainClient(t: { after(stop: () => unknown): void }, processId?: number | null): Client {
  const client = new Client({ capabilities: vscodeLike, ...(processId !== undefined && { processId }) });
  t.after(() => client.process.kill('SIGKILL'));
  return client;
}

const hoverAt = (uri: string) => ({ textDocument: { uri }, position: { line: 0, character: 0 } });

describe('the life of a server', { timeout: 600_000 }, () => {
  it('begins with initialize', async (t) => {
    const client = plainClient(t);
    await assert.rejects(client.request('textDocument/hover', hoverAt('file:///a.ts')), { code: notInitialized });
    const { capabilities, serverInfo } = await client.start();
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.equal(serverInfo?.name, 'airworthy');
    await assert.rejects(client.request('initialize', { processId: null, rootUri: null, capabilities: {} }), {
      code: invalidRequest,
    });
  });

  it('ends with shutdown and exit, code 0', async (t) => {
    const client = plainClient(t);
    await client.start();
    await client.request('shutdown');
    await assert.rejects(client.request('textDocument/hover', hoverAt('file:///a.ts')), { code: invalidRequest });
    await assert.rejects(client.request('airworthy/nonsense', {}), { code: methodNotFound });
    client.notify('textDocument/didOpen', {
      textDocument: { uri: 'file:///a.ts', languageId: '', version: 1, text: '' },
    });
    client.notify('exit', undefined);
    assert.equal(await client.exited, 0);
  });

  it('ends without shutdown with code 1', async (t) => {
    const client = plainClient(t);
    await client.start();
    client.notify('exit', undefined);
    assert.equal(await client.exited, 1);
  });

  it('ends when the input does', async (t) => {
    const client = plainClient(t, null);
    await client.start();
    client.process.stdin?.end();
    assert.equal(await client.exited, 1);
  });

  it('ends when the process of the client does', async (t) => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const client = plainClient(t, parent.pid ?? null);
    await client.start();
    parent.kill('SIGKILL');
    assert.equal(await client.exited, 1);
  });

  it('is the same over the IPC channel of Node, and ends with it', async () => {
    const child = fork(serverBundle(), ['--node-ipc'], { stdio: 'ignore', execArgv: [] });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.listen();
    const published = new Promise<{ diagnostics: unknown[] }>((resolve) =>
      connection.onNotification('textDocument/publishDiagnostics', resolve),
    );
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: bare });
    await connection.sendNotification('initialized', {});
    const textDocument = { uri: 'file:///nowhere/a.ts', languageId: 'typescript', version: 1, text: 'danger();' };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    assert.equal((await published).diagnostics.length, 1);
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    assert.equal(await exited, 1);
  });
});

describe('a client', { timeout: 600_000 }, () => {
  for (const [name, capabilities] of Object.entries({ vscodeLike, neovimLike, pullOnly, bare })) {
    it(`like ${name} finds capabilities that are implemented`, async (t) => {
      const { client, folder, result } = await start(t, { capabilities });
      const uri = folder.uri('a.ts');
      client.open(uri, 'danger();\n');
      const { capabilities: offered } = result;
      assert.equal(offered.diagnosticProvider !== undefined, name === 'pullOnly');
      assert.deepEqual(offered.textDocumentSync, { openClose: true, change: 2, save: true });
      assert.ok(offered.hoverProvider && offered.codeActionProvider && offered.executeCommandProvider);
      assert.notEqual(await client.request('textDocument/hover', hoverAt(uri)), null);
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
      assert.ok(Array.isArray(await client.actions(uri, range)));
      await client.quiet(300);
      assert.equal(client.published.length > 0, name !== 'pullOnly');
    });
  }
});

describe('malformed messages', { timeout: 600_000 }, () => {
  it('are answered or ignored, and nothing dies of them', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const garbage = [
      null,
      [],
      {},
      'text',
      1,
      { textDocument: null },
      { textDocument: { uri: 7 } },
      { textDocument: { uri: 'not a uri' } },
    ];
    for (const method of [
      'textDocument/hover',
      'textDocument/codeAction',
      'codeAction/resolve',
      'workspace/executeCommand',
      'airworthy/explainRule',
    ]) {
      for (const params of [...garbage, undefined])
        await client.request(method, params).catch((error) => assert.ok(error.code < 0));
    }
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'textDocument/didSave',
      'workspace/didChangeWatchedFiles',
      'workspace/didChangeWorkspaceFolders',
      'workspace/didChangeConfiguration',
      'workspace/didCreateFiles',
      'workspace/didRenameFiles',
      'workspace/didDeleteFiles',
      'window/workDoneProgress/cancel',
      'airworthy/nonsense',
    ]) {
      for (const params of garbage) client.notify(method, params);
    }
    await assert.rejects(client.request('textDocument/hover', { textDocument: { uri }, position: { line: -1 } }), {
      code: invalidParams,
    });
    await assert.rejects(client.request('workspace/executeCommand', { command: 'constructor' }), {
      code: invalidParams,
    });
    client.replace(uri, 'danger', 'danger(); danger');
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
  });

  it('in the middle of a change apply none of it', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: 'safe();\n' }, { text: 5 }],
    });
    await client.quiet();
    assert.equal(client.diagnostics(uri).length, 1);
  });

  it('with positions beyond the text are clamped', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'safe();\n');
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 99, character: 99 }, end: { line: 999, character: 0 } }, text: 'danger();' },
        { range: { start: { line: 0, character: 99 }, end: { line: 0, character: 999 } }, text: ' danger();' },
      ],
    });
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
    const far = { line: 5000, character: 5000 };
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri }, position: far }), null);
  });

  it('on the wire do not end the server', async (t) => {
    const { client, folder } = await share(t);
    const send = (text: string) => client.process.stdin?.write(text);
    const frame = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    send(frame('{ this is not JSON'));
    send(frame('[]'));
    send(frame('null'));
    send(frame('{"jsonrpc":"2.0"}'));
    send(frame('{"jsonrpc":"2.0","method":"$/cancelRequest"}'));
    send(frame('{"jsonrpc":"2.0","id":999,"result":null}'));
    send(`X-Unknown: 1\r\n${frame('{"jsonrpc":"2.0","method":"$/unknown"}')}`);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
  });
});

describe('requests', { timeout: 600_000 }, () => {
  it('that are cancelled are answered so', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n'.repeat(3000));
    await client.until('the first answer', () => client.diagnostics(uri).length === 3000);
    const answers = [1001, 1002].map(
      (id) =>
        new Promise<{ error?: { code: number } }>((resolve) => {
          client.onResponse(id, resolve);
        }),
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 2999, character: 0 } };
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    // The first one is cancelled before it is looked at, the second one while it is worked on.
    client.send(
      { id: 1001, method: 'textDocument/codeAction', params },
      { method: '$/cancelRequest', params: { id: 1001 } },
    );
    client.send({ id: 1002, method: 'textDocument/codeAction', params });
    setTimeout(() => client.send({ method: '$/cancelRequest', params: { id: 1002 } }), 5);
    for (const answer of await Promise.all(answers)) assert.equal(answer.error?.code, requestCancelled);
  });

  it('about a text that changed on the way are answered so', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const answer = new Promise<{ error?: { code: number } }>((resolve) => client.onResponse(1001, resolve));
    client.send(
      { id: 1001, method: 'textDocument/hover', params: hoverAt(uri) },
      {
        method: 'textDocument/didChange',
        params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: '' }] },
      },
    );
    assert.equal((await answer).error?.code, contentModified);
  });

  it('about a document that is closed on the way are answered', async (t) => {
    const { client, folder } = await share(t);
    const uri = folder.uri('a.ts');
    for (let round = 0; round < 20; round++) {
      client.open(uri, 'danger();\n'.repeat(50), round);
      const range = client.rangeOf(uri, 'danger');
      const answers = [client.request('textDocument/hover', hoverAt(uri)), client.actions(uri, range)];
      client.close(uri);
      for (const answer of answers) await answer.catch(({ code }) => assert.equal(code, contentModified));
    }
    await client.untilCodes(uri, []);
  });

  it('explain rules and findings', async (t) => {
    const { client, folder } = await share(t);
    assert.equal(await client.request('airworthy/explainRule', { rule: 'no/such-rule' }), null);
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger(`*a* [x](y)`);\n');
    const hover = await client.request<{ contents: { kind: string; value: string }; range: unknown }>(
      'textDocument/hover',
      hoverAt(uri),
    );
    assert.equal(hover.contents.kind, 'markdown');
    assert.match(hover.contents.value, /^\*\*P0\*\* danger\\\(1\\\) is called; call safe instead\./);
    assert.deepEqual(hover.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 20 } });
    const elsewhere = { textDocument: { uri }, position: { line: 1, character: 0 } };
    assert.equal(await client.request('textDocument/hover', elsewhere), null);
  });
});

describe('a folder that vanishes', { timeout: 600_000 }, () => {
  it('leaves the server alive', async (t) => {
    const folder = new Folder();
    const client = new Client({ capabilities: vscodeLike, folders: [folder] });
    t.after(() => client.process.kill('SIGKILL'));
    folder.remove();
    await client.start();
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    client.close(uri);
    await client.untilCodes(uri, []);
  });
});
