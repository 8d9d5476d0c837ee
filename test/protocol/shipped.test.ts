import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { CodeAction, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { shippedServer } from './support/bundle.ts';
import { neovimLike, vscodeLike } from './support/capabilities.ts';
import { Folder } from './support/client.ts';
import { start } from './support/start.ts';
import { storedOutcomes } from './support/storedOutcomes.ts';

function project(folder: Folder): void {
  folder.write('package.json', '{ "name": "harbour", "private": true, "dependencies": { "express": "^5.0.0" } }\n');
  folder.write('tsconfig.json', '{ "compilerOptions": { "strict": true, "target": "es2022" }, "include": ["src"] }\n');
}

const numericSort = 'reliability/numeric-sort-without-comparator';
const iframe = 'security/iframe-sandbox-escape';
const envUnvalidated = 'config/env-unvalidated';

describe('the server that users get', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('keeps outcomes for its own build alone', async (t) => {
    const storage = new Folder();
    t.after(() => storage.remove());
    const initializationOptions = { storage: storage.path };
    const { client, folder } = await start(t, { server: shippedServer, initializationOptions }, (files) => {
      project(files);
      files.write('src/frame.html', '<iframe sandbox="allow-scripts allow-same-origin" src="/x"></iframe>\n');
    });
    await client.untilCodes(folder.uri('src/frame.html'), [iframe]);
    const [head] = readFileSync(await storedOutcomes(storage), 'utf8').split('\n');
    const build = createHash('sha1')
      .update(readFileSync(join(dirname(shippedServer), 'serverMain.cjs')))
      .digest('hex');
    assert.equal(head, `airworthy outcomes ${build}`);
  });

  it('finds, explains and fixes what needs types', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uri = folder.uri('src/statistics.ts');
    client.open(uri, 'export const median = (values: number[]) => values.sort()[values.length >> 1];\n');
    await client.untilCodes(uri, [numericSort]);
    const range = client.diagnostics(uri)[0]?.range;
    assert.ok(range);
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: range.start });
    const { value } = hover.contents as MarkupContent;
    assert.match(value, /Without a comparator JavaScript turns the elements into text/);
    assert.match(value, /Better:\n\n```ts\nexport function median/);
    const actions = await client.actions(uri, range, ['quickfix']);
    client.apply(actions.find(({ isPreferred }) => isPreferred === true)?.edit);
    await client.untilCodes(uri, []);
    assert.match(client.document(uri).getText(), /sort\(\(a, b\) => a - b\)/);
    const page = await client.request<{ markdown: string }>('airworthy/explainRule', { rule: numericSort });
    assert.match(page.markdown, /^# reliability\/numeric-sort-without-comparator\n/);
  });

  it('does not repeat in a hover what the client shows there by itself', async (t) => {
    const initializationOptions = { hoverShowsDiagnostics: true };
    const { client, folder } = await start(t, { server: shippedServer, initializationOptions }, project);
    const uri = folder.uri('src/statistics.ts');
    client.open(uri, 'export const median = (values: number[]) => values.sort()[values.length >> 1];\n');
    await client.untilCodes(uri, [numericSort]);
    const [diagnostic] = client.diagnostics(uri);
    assert.ok(diagnostic);
    const position = diagnostic.range.start;
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    const { value } = hover.contents as MarkupContent;
    assert.ok(!value.includes(String(diagnostic.message)), value);
    assert.match(value, /Better:/);
    assert.ok(value.includes(`[${numericSort}]`), value);
  });

  it('reads other languages than TypeScript', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer, capabilities: neovimLike }, project);
    const uri = folder.uri('public/index.html');
    client.open(uri, '<iframe src="/preview" sandbox="allow-scripts allow-same-origin"></iframe>\n', 1, 'html');
    await client.untilCodes(uri, [iframe]);
    const range = client.diagnostics(uri)[0]?.range;
    assert.ok(range);
    const [action] = await client.actions(uri, range, ['quickfix']);
    client.apply(action?.edit);
    await client.untilCodes(uri, []);
  });

  it('creates the module that a project lacks, across files', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer, capabilities: vscodeLike }, (files) => {
      project(files);
      files.write('src/pool.ts', 'export const url = process.env.DATABASE_URL;\n');
    });
    const uri = folder.uri('src/server.ts');
    client.open(uri, "import './pool';\nexport const port = Number(process.env.PORT);\n");
    const found = [uri, folder.uri('src/pool.ts')];
    const where = await client.until('the finding', () =>
      found.find((one) => client.diagnostics(one).some(({ code }) => code === envUnvalidated)),
    );
    if (where !== uri) client.open(where, 'export const url = process.env.DATABASE_URL;\n');
    const range = client.diagnostics(where).find(({ code }) => code === envUnvalidated)?.range;
    assert.ok(range);
    const actions = await client.actions(where, range, ['quickfix']);
    const offered = actions.find(({ title }) => title.startsWith('Create a zod env module'));
    assert.ok(offered, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
    const action =
      offered.edit === undefined ? await client.request<CodeAction>('codeAction/resolve', offered) : offered;
    const changes = action.edit?.documentChanges ?? [];
    assert.deepEqual(
      changes.flatMap((change) => ('kind' in change ? [change.kind] : [])),
      ['create'],
    );
    const versions = changes.flatMap((change) =>
      'edits' in change ? [[change.textDocument.uri, change.textDocument.version]] : [],
    );
    assert.ok(
      versions.some(([changed, version]) => changed === uri && version === 1),
      JSON.stringify(versions),
    );
  });
});
