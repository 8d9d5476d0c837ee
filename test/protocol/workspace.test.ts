import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { bare, vscodeLike } from './support/capabilities.ts';
import type { Client } from './support/client.ts';
import { Folder } from './support/client.ts';
import { start } from './support/start.ts';
import { walkNotification } from './support/walkNotification.ts';

const created = 1;
const changed = 2;
const deleted = 3;
const publishNotification = 'textDocument/publishDiagnostics';

function watched(client: Client, changes: readonly (readonly [uri: string, type: number])[]): void {
  client.notify('workspace/didChangeWatchedFiles', { changes: changes.map(([uri, type]) => ({ uri, type })) });
}

/** Uris that show anything at the moment. */
function shown(client: Client): readonly string[] {
  return [...new Set(client.published.map(({ uri }) => uri))]
    .filter((uri) => client.diagnostics(uri).length > 0)
    .sort();
}

describe('files that are not open', { timeout: 600_000 }, () => {
  it('are analysed in the background, ignored ones left out', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('src/a.ts', 'danger();\n');
      files.write('src/deep/b.ts', 'danger();\n');
      files.write('src/clean.ts', 'const a = 1;\n');
      files.write('node_modules/x/index.js', 'danger();\n');
      files.write('out/a.ts', 'danger();\n');
      files.write('.gitignore', 'out\n');
      files.write('.git/HEAD', 'ref: refs/heads/main\n');
    });
    await client.until('both files', () => shown(client).length === 2);
    await client.quiet();
    assert.deepEqual(shown(client), [folder.uri('src/a.ts'), folder.uri('src/deep/b.ts')]);
    assert.ok(client.published.every(({ version }) => version === undefined));
  });

  it('are looked for when open documents have their findings', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      for (let n = 0; n < 20; n++) files.write(`src/other${n}.ts`, "danger();\nregister('one');\n");
      files.write('READINESS.md', '- [ ] Nothing is dangerous\n');
    });
    const open = [folder.uri('a.ts'), folder.uri('b.ts'), folder.uri('c.ts')];
    for (const uri of open) client.open(uri, "danger();\nregister('one');\n");
    const walk = await client.until('the walk', () => {
      const index = client.received.findIndex(({ method }) => method === walkNotification);
      return index >= 0 && index + 1;
    });
    const before = client.received
      .slice(0, walk)
      .flatMap(({ method, params }) => (method === publishNotification ? [params as PublishDiagnosticsParams] : []));
    const said = before.map(({ uri, diagnostics }) => [uri, ...diagnostics.map(({ code }) => code)]);
    assert.deepEqual(
      said.sort(),
      open.map((uri) => [uri, 'reliability/danger']),
      'findings of the syntax lane, for all open documents and no others',
    );
    await client.untilCodes(open[0] ?? '', ['reliability/danger', 'config/duplicate-name']);
  });

  it('are looked for without an open document, too', async (t) => {
    const { client, folder } = await start(t);
    const walks = () => client.received.filter(({ method }) => method === walkNotification);
    await client.until('the walk', () => walks().length > 0);
    assert.deepEqual(
      walks().map(({ params }) => params),
      [{ root: folder.path }],
    );
  });

  it('take part in what spans documents', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('a.ts', "register('one');\n");
    });
    const uri = folder.uri('b.ts');
    client.open(uri, "register('one');\n");
    await client.untilCodes(uri, ['config/duplicate-name']);
    await client.untilCodes(folder.uri('a.ts'), ['config/duplicate-name']);
  });

  it('are followed when they are created, changed and deleted', async (t) => {
    const { client, folder } = await start(t);
    const registration = await client.until('the watchers', () =>
      client.received.find(
        ({ method, params }) =>
          method === 'client/registerCapability' && JSON.stringify(params).includes('didChangeWatchedFiles'),
      ),
    );
    const watchers = JSON.stringify(registration.params);
    assert.match(watchers, /package\.json|\*\.\{[^}]*json/);
    for (const name of ['Dockerfile.*', 'Containerfile.*', 'containerfile', '.env.*'])
      assert.ok(watchers.includes(name), name);
    const uri = folder.write('a.ts', 'danger();\n');
    watched(client, [[uri, created]]);
    await client.untilCodes(uri, ['reliability/danger']);
    folder.write('a.ts', 'danger();\ndanger();\n');
    watched(client, [[uri, changed]]);
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
    folder.remove('a.ts');
    watched(client, [[uri, deleted]]);
    await client.untilCodes(uri, []);
  });

  it('come and go with their folders', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('old/a.ts', 'danger();\n');
      files.write('old/deep/b.ts', 'danger();\n');
    });
    await client.until('both files', () => shown(client).length === 2);
    renameSync(join(folder.path, 'old'), join(folder.path, 'new'));
    watched(client, [
      [folder.uri('old'), deleted],
      [folder.uri('new'), created],
    ]);
    const moved = [folder.uri('new/a.ts'), folder.uri('new/deep/b.ts')];
    await client.until('the new places', () => shown(client).join() === moved.join());
    renameSync(join(folder.path, 'new/deep'), join(folder.path, 'new/deeper'));
    client.notify('workspace/didRenameFiles', {
      files: [{ oldUri: folder.uri('new/deep'), newUri: folder.uri('new/deeper') }],
    });
    const again = [folder.uri('new/a.ts'), folder.uri('new/deeper/b.ts')];
    await client.until('the renamed folder', () => shown(client).join() === again.join());
    folder.remove('new');
    client.notify('workspace/didDeleteFiles', { files: [{ uri: folder.uri('new') }] });
    await client.until('nothing', () => shown(client).length === 0);
  });

  it('stay as the editor has them while they are open', async (t) => {
    const { client, folder } = await start(t, {}, (files) => files.write('a.ts', 'danger();\n'));
    const uri = folder.uri('a.ts');
    await client.untilCodes(uri, ['reliability/danger']);
    client.open(uri, 'danger();\ndanger();\n');
    await client.untilCodes(uri, ['reliability/danger', 'reliability/danger']);
    folder.remove('a.ts');
    watched(client, [[uri, deleted]]);
    await client.quiet();
    assert.equal(client.diagnostics(uri).length, 2);
    client.close(uri);
    await client.untilCodes(uri, []);
  });

  it('follow .gitignore', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('.git/HEAD', 'ref: refs/heads/main\n');
      files.write('a.ts', 'danger();\n');
      files.write('b.ts', 'danger();\n');
    });
    await client.until('both files', () => shown(client).length === 2);
    const ignore = folder.write('.gitignore', 'b.ts\n');
    watched(client, [[ignore, created]]);
    await client.untilCodes(folder.uri('b.ts'), []);
    const late = folder.write('late/b.ts', 'danger();\n');
    watched(client, [[late, created]]);
    await client.quiet();
    assert.deepEqual(shown(client), [folder.uri('a.ts')]);
    folder.remove('.gitignore');
    watched(client, [[ignore, deleted]]);
    await client.until('all files', () => shown(client).length === 3);
  });

  /** More than any machine analyses before it shows progress. */
  const MANY = 1_000;

  it('show how far the work is, and stop when the user says so', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      const text = 'export function f(a: number) {\n  return danger(a);\n}\n'.repeat(400);
      for (let index = 0; index < MANY; index++) files.write(`src/f${index}.ts`, text);
    });
    const report = await client.until('a report', () =>
      client.received.find(
        ({ method, params }) => method === '$/progress' && JSON.stringify(params).includes('"report"'),
      ),
    );
    const { token } = report.params as { token: string };
    client.notify('window/workDoneProgress/cancel', { token });
    await client.until('the end', () =>
      client.received.find(({ method, params }) => method === '$/progress' && JSON.stringify(params).includes('"end"')),
    );
    await client.quiet();
    assert.ok(shown(client).length < MANY, `${shown(client).length} files were analysed`);
    const open = folder.uri('src/f0.ts');
    client.open(open, 'danger();\n');
    await client.untilCodes(open, ['reliability/danger']);
  });
});

describe('configuration', { timeout: 600_000 }, () => {
  it('applies when airworthy.json changes, and its mistakes are shown where they are', async (t) => {
    const { client, folder } = await start(t, {}, (files) => files.write('a.ts', 'danger();\n'));
    const uri = folder.uri('a.ts');
    await client.untilCodes(uri, ['reliability/danger']);
    assert.equal(client.diagnostics(uri)[0]?.severity, 1);
    const text = '{\n  "rules": { "reliability/danger": "P3", "reliability/dangre": "off" }\n}\n';
    const config = folder.write('airworthy.json', text);
    watched(client, [[config, created]]);
    await client.until('the new priority', () => client.diagnostics(uri)[0]?.severity === 4);
    const [problem] = await client.until('the mistake', () => {
      const found = client.diagnostics(config);
      return found.length > 0 && found;
    });
    assert.equal(problem?.range.start.line, 1);
    assert.equal(problem.code, 'configuration');
    assert.match(String(problem.message), /reliability\/dangre/);
    folder.write('airworthy.json', '{ "rules": { "reliability/danger": "off" } }\n');
    watched(client, [[config, changed]]);
    await client.untilCodes(uri, []);
    await client.untilCodes(config, []);
    folder.remove('airworthy.json');
    watched(client, [[config, deleted]]);
    await client.untilCodes(uri, ['reliability/danger']);
  });

  it('follows the files it extends, whatever they are called', async (t) => {
    const { client, folder } = await start(t, {}, (files) => {
      files.write('airworthy.json', '{ "extends": "./settings/strict.json" }');
      files.write('settings/strict.json', '{ "extends": ["../missing/more.jsonc"] }');
      files.write('a.ts', 'danger();\n');
    });
    const uri = folder.uri('a.ts');
    await client.untilCodes(uri, ['reliability/danger']);
    const strict = folder.write('settings/strict.json', '{ "rules": { "reliability/danger": "off" } }');
    watched(client, [[strict, changed]]);
    await client.untilCodes(uri, []);
    folder.write('settings/strict.json', '{ "extends": ["../missing/more.jsonc"] }');
    watched(client, [[strict, changed]]);
    await client.untilCodes(uri, ['reliability/danger']);
    // One that was not there is waited for.
    const more = folder.write('missing/more.jsonc', '{ "rules": { "reliability/danger": "P3" } }');
    watched(client, [[more, created]]);
    await client.until('the new priority', () => client.diagnostics(uri)[0]?.severity === 4);
    folder.remove('missing');
    watched(client, [[more, deleted]]);
    await client.until('the old priority', () => client.diagnostics(uri)[0]?.severity === 1);
  });

  it('follows the files it extends outside the workspace', async (t) => {
    const shared = new Folder();
    t.after(() => shared.remove());
    const base = shared.write('base.json', '{ "rules": { "reliability/danger": "P3" } }');
    const { client, folder } = await start(t, {}, (files) => {
      const path = `../${basename(shared.path)}/base.json`;
      files.write('airworthy.json', JSON.stringify({ extends: path }));
      files.write('a.ts', 'danger();\n');
    });
    const uri = folder.uri('a.ts');
    await client.until('the priority', () => client.diagnostics(uri)[0]?.severity === 4);
    await client.until('its watcher', () =>
      client.received.find(
        ({ method, params }) =>
          method === 'client/registerCapability' &&
          JSON.stringify(params).includes(JSON.stringify({ baseUri: shared.uri(), pattern: 'base.json' })),
      ),
    );
    shared.write('base.json', '{ "rules": { "reliability/danger": "off" } }');
    watched(client, [[base, changed]]);
    await client.untilCodes(uri, []);
  });

  it('applies on save for clients without watchers', async (t) => {
    const { client, folder } = await start(t, { capabilities: bare });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    const config = folder.write('airworthy.json', '{ "rules": { "reliability/danger": "off" } }');
    client.notify('textDocument/didSave', { textDocument: { uri: config } });
    await client.untilCodes(uri, []);
  });

  it('is taken from the editor and followed', async (t) => {
    const { client, folder } = await start(t, {}, (files) => files.write('b.ts', 'danger();\n'));
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    await client.untilCodes(folder.uri('b.ts'), ['reliability/danger']);
    const set = (settings: unknown): void => {
      client.settings = { [folder.uri()]: settings, [folder.uri().replace(/\/$/, '')]: settings };
      client.notify('workspace/didChangeConfiguration', { settings: null });
    };
    set({ analyze: 'openFiles' });
    await client.untilCodes(folder.uri('b.ts'), []);
    assert.equal(client.diagnostics(uri).length, 1);
    set({ enable: false });
    await client.untilCodes(uri, []);
    set({ rules: { 'reliability/danger': 'P2' } });
    await client.untilCodes(uri, ['reliability/danger']);
    await client.untilCodes(folder.uri('b.ts'), ['reliability/danger']);
    assert.equal(client.diagnostics(uri)[0]?.severity, 3);
    set({ rules: 'nonsense', enable: 'yes' });
    await client.until('the default priority', () => client.diagnostics(uri)[0]?.severity === 1);
  });

  it('is taken from the notification by clients that cannot be asked', async (t) => {
    const { client, folder } = await start(t, {
      capabilities: bare,
      initializationOptions: { settings: { rules: { 'reliability/danger': 'P1' } } },
    });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    await client.untilCodes(uri, ['reliability/danger']);
    assert.equal(client.diagnostics(uri)[0]?.severity, 2);
    client.notify('workspace/didChangeConfiguration', {
      settings: { airworthy: { rules: { 'reliability/danger': 'off' } } },
    });
    await client.untilCodes(uri, []);
  });
});

describe('workspace folders', { timeout: 600_000 }, () => {
  it('have settings of their own, and come and go', async (t) => {
    const other = new Folder();
    t.after(() => other.remove());
    const inOther = other.write('b.ts', 'danger();\n');
    other.write('airworthy.json', '{ "rules": { "reliability/danger": "P3" } }');
    const { client, folder } = await start(t, {}, (files) => files.write('a.ts', 'danger();\n'));
    const inFirst = folder.uri('a.ts');
    await client.untilCodes(inFirst, ['reliability/danger']);
    const change = (added: readonly Folder[], removed: readonly Folder[]): void =>
      client.notify('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((one) => ({ uri: one.uri(), name: 'other' })),
          removed: removed.map((one) => ({ uri: one.uri(), name: 'other' })),
        },
      });
    change([other], []);
    await client.untilCodes(inOther, ['reliability/danger']);
    assert.equal(client.diagnostics(inOther)[0]?.severity, 4);
    assert.equal(client.diagnostics(inFirst)[0]?.severity, 1);
    client.open(inOther, 'danger();\ndanger();\n');
    await client.untilCodes(inOther, ['reliability/danger', 'reliability/danger']);
    change([], [other]);
    // Still open, so it is analysed on its own; its project's settings are found all the same.
    await client.quiet();
    assert.deepEqual(
      client.diagnostics(inOther).map(({ severity }) => severity),
      [4, 4],
    );
    client.replace(inOther, 'danger', 'safe');
    await client.untilCodes(inOther, ['reliability/danger']);
    client.close(inOther);
    await client.untilCodes(inOther, []);
    change([], [folder]);
    await client.untilCodes(inFirst, []);
  });

  it('may lie inside each other: the nearest one has the file', async (t) => {
    const { client, folder } = await start(t, { folders: [] }, (files) => {
      files.write('a.ts', 'danger();\n');
      files.write('inner/b.ts', 'danger();\n');
    });
    const change = (added: readonly string[], removed: readonly string[]): void =>
      client.notify('workspace/didChangeWorkspaceFolders', {
        event: {
          added: added.map((name) => ({ uri: folder.uri(name), name })),
          removed: removed.map((name) => ({ uri: folder.uri(name), name })),
        },
      });
    const both = [folder.uri('a.ts'), folder.uri('inner/b.ts')];
    change(['', 'inner'], []);
    await client.until('both files', () => shown(client).join() === both.join());
    change([], ['inner']);
    await client.quiet();
    assert.deepEqual(shown(client), both);
    change(['inner'], []);
    change([], ['']);
    await client.until('the inner file alone', () => shown(client).join() === both[1]);
    client.open(folder.uri('inner/b.ts'), 'danger();\n');
    change([''], ['inner']);
    await client.until('both files again', () => shown(client).join() === both.join());
  });

  it('given in the old ways are understood', async (t) => {
    const folder = new Folder();
    t.after(() => folder.remove());
    const uri = folder.write('a.ts', 'danger();\n');
    const { Client: PlainClient } = await import('./support/client.ts');
    for (const extra of [{ rootUri: pathToFileURL(folder.path).href }, { rootUri: null, rootPath: folder.path }]) {
      const client = new PlainClient({ capabilities: vscodeLike });
      t.after(() => client.process.kill());
      const { workspaceFolders: _, ...rest } = { workspaceFolders: null, ...extra };
      await client.start(rest);
      await client.untilCodes(uri, ['reliability/danger']);
      assert.equal(await client.stop(), 0);
    }
  });
});
