import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Folder } from './support/client.ts';
import { start } from './support/start.ts';
import { storedOutcomes } from './support/storedOutcomes.ts';

describe('a client with room for what files said', { timeout: 300_000 }, () => {
  it('shows the same after a start that reads it, and what changed meanwhile', async (t) => {
    const storage = new Folder();
    t.after(() => storage.remove());
    const files = new Folder();
    t.after(() => files.remove());
    files.write('a.ts', "danger();\nregister('one');\n");
    files.write('deep/b.ts', "register('one');\n");
    files.write('c.ts', 'danger();\n');
    const initializationOptions = { storage: storage.path };
    const first = await start(t, { folders: [files], initializationOptions });
    await first.client.untilCodes(files.uri('a.ts'), ['reliability/danger', 'config/duplicate-name']);
    await first.client.untilCodes(files.uri('deep/b.ts'), ['config/duplicate-name']);
    const text = readFileSync(await storedOutcomes(storage), 'utf8');
    assert.equal(text.trim().split('\n').length, 1 + 3);
    const said = [files.uri('a.ts'), files.uri('deep/b.ts'), files.uri('c.ts')].map((uri) =>
      first.client.diagnostics(uri),
    );
    await first.client.stop();

    const second = await start(t, { folders: [files], initializationOptions });
    await second.client.untilCodes(files.uri('a.ts'), ['reliability/danger', 'config/duplicate-name']);
    await second.client.untilCodes(files.uri('deep/b.ts'), ['config/duplicate-name']);
    await second.client.untilCodes(files.uri('c.ts'), ['reliability/danger']);
    assert.deepEqual(
      [files.uri('a.ts'), files.uri('deep/b.ts'), files.uri('c.ts')].map((uri) => second.client.diagnostics(uri)),
      said,
    );
    await second.client.stop();

    files.write('c.ts', 'safe();\ndanger();\ndanger();\n');
    files.remove('deep/b.ts');
    const third = await start(t, { folders: [files], initializationOptions });
    await third.client.untilCodes(files.uri('c.ts'), ['reliability/danger', 'reliability/danger']);
    await third.client.untilCodes(files.uri('a.ts'), ['reliability/danger']);
  });

  it('is none the worse for a broken file there', async (t) => {
    const storage = new Folder();
    t.after(() => storage.remove());
    const { client, folder } = await start(t, { initializationOptions: { storage: storage.path } }, (files) =>
      files.write('a.ts', 'danger();\n'),
    );
    await client.untilCodes(folder.uri('a.ts'), ['reliability/danger']);
    const file = await storedOutcomes(storage);
    await client.stop();
    writeFileSync(file, '\0 broken');
    const again = await start(t, { folders: [folder], initializationOptions: { storage: storage.path } });
    await again.client.untilCodes(folder.uri('a.ts'), ['reliability/danger']);
  });

  it('that names no absolute path is told so, and served', async (t) => {
    const { client, folder } = await start(t, { initializationOptions: { storage: 'here' } }, (files) =>
      files.write('a.ts', 'danger();\n'),
    );
    await client.untilCodes(folder.uri('a.ts'), ['reliability/danger']);
    assert.match(client.log.join('\n'), /has to be an absolute path/);
  });
});
