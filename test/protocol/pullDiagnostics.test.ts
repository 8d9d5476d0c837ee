import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pullOnly } from './support/capabilities.ts';
import { start } from './support/start.ts';

describe('pull diagnostics', { timeout: 600_000 }, () => {
  interface Report {
    kind: 'full' | 'unchanged';
    resultId: string;
    items?: { code: string }[];
  }

  it('answer with what changed since the last time', async (t) => {
    const { client, folder } = await start(t, { capabilities: pullOnly });
    const uri = folder.uri('a.ts');
    client.open(uri, 'danger();\n');
    const pull = (previousResultId?: string): Promise<Report> =>
      client.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
    const first = await pull();
    assert.deepEqual(
      first.items?.map(({ code }) => code),
      ['reliability/danger'],
    );
    assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });
    client.replace(uri, 'danger', 'safe');
    const second = await pull(first.resultId);
    assert.deepEqual(second.items, []);
    assert.notEqual(second.resultId, first.resultId);
    assert.deepEqual(client.published, []);
  });

  it('are asked for anew when another document changes the picture', async (t) => {
    const { client, folder } = await start(t, { capabilities: pullOnly });
    const [a, b] = [folder.uri('a.ts'), folder.uri('b.ts')];
    const pull = (uri: string): Promise<Report> => client.request('textDocument/diagnostic', { textDocument: { uri } });
    client.open(a, "register('one');\n");
    assert.deepEqual((await pull(a)).items, []);
    client.open(b, "register('one');\n");
    await pull(b);
    await client.until('a refresh', () =>
      client.received.some(({ method }) => method === 'workspace/diagnostic/refresh'),
    );
    assert.equal((await pull(a)).items?.[0]?.code, 'config/duplicate-name');
    assert.equal((await pull(b)).items?.[0]?.code, 'config/duplicate-name');
  });

  it('are complete at once for clients that cannot be asked to pull again', async (t) => {
    const { client, folder } = await start(t, {
      capabilities: { textDocument: { diagnostic: {} } },
    });
    const uri = folder.uri('a.ts');
    client.open(uri, "register('one');\nregister('one');\nfunction fragile(x: unknown) {}\nfragile(1);\n");
    await client.request('workspace/diagnostic', { previousResultIds: [] });
    const report = await client.request<Report>('textDocument/diagnostic', { textDocument: { uri } });
    assert.deepEqual(report.items?.map(({ code }) => code).sort(), [
      'config/duplicate-name',
      'config/duplicate-name',
      'types/fragile',
    ]);
  });

  it('cover the workspace, in parts if the client takes them', async (t) => {
    const { client, folder } = await start(t, { capabilities: pullOnly }, (files) => {
      for (let index = 0; index < 20; index++) files.write(`f${index}.ts`, 'danger();\n');
    });
    interface Item extends Report {
      uri: string;
      version: number | null;
    }
    const whole = await client.request<{ items: Item[] }>('workspace/diagnostic', { previousResultIds: [] });
    assert.equal(whole.items.length, 20);
    assert.ok(whole.items.every(({ items, version }) => items?.length === 1 && version === null));
    const previousResultIds = whole.items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    const [first] = whole.items;
    folder.remove('f0.ts');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uri('f0.ts'), type: 3 }] });
    await client.quiet();
    const parts: Item[] = [];
    const rest = await client.request<{ items: Item[] }>('workspace/diagnostic', {
      previousResultIds,
      partialResultToken: 'parts',
    });
    for (const { params } of client.received.filter(({ method }) => method === '$/progress')) {
      parts.push(...(params as { value: { items: Item[] } }).value.items);
    }
    assert.deepEqual(rest.items, []);
    assert.equal(parts.filter(({ kind }) => kind === 'unchanged').length, 19);
    assert.deepEqual(parts.find(({ uri }) => uri === folder.uri('f0.ts'))?.items, []);
    assert.ok(first);
  });
});
