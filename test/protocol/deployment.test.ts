/** What code, compose files, images and examples say of one another, while people edit one of them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { shippedServer } from './support/bundle.ts';
import { start } from './support/start.ts';
import { untilFound } from './support/untilFound.ts';

const undocumented = 'config/env-undocumented';

const manifest = `{ "name": "harbour", "private": true, "dependencies": { "express": "^5.0.0" } }\n`;

const compose = `services:
  harbour:
    build: .
    environment:
      TIDE_URL: \${TIDE_URL}
      KEY: \${HARBOUR_KEY:?}
`;

describe('findings between the files of a service', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('tell what a compose file takes and the example does not name, until it does', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', manifest);
      files.write('src/tides.js', 'export const tides = process.env.TIDE_URL;\n');
      files.write('compose.yaml', compose);
      files.write('.env.example', 'TIDE_URL=\n');
    });
    const uri = folder.uri('compose.yaml');
    const example = folder.uri('.env.example');
    await untilFound(client, uri, undocumented, [5]);

    client.open(uri, compose, 1, 'yaml');
    const range = client.diagnostics(uri).find(({ code }) => code === undocumented)?.range;
    assert.ok(range);
    const actions = await client.actions(uri, range, ['quickfix']);
    const offered = actions.find(({ title }) => title.startsWith('Add HARBOUR_KEY to .env.example'));
    assert.ok(offered, `Offered: ${actions.map(({ title }) => title).join(', ')}`);
    client.open(example, readFileSync(join(folder.path, '.env.example'), 'utf8'), 1, 'dotenv');
    client.apply(offered.edit);
    assert.equal(client.document(example).getText(), 'TIDE_URL=\nHARBOUR_KEY=\n');
    await untilFound(client, uri, undocumented, []);

    client.replace(uri, 'HARBOUR_KEY:?', 'HARBOUR_SECRET:?');
    await untilFound(client, uri, undocumented, [5]);
    await untilFound(client, example, undocumented, [1]);
    client.replace(uri, 'HARBOUR_SECRET:?', 'HARBOUR_SECRET:-none');
    await untilFound(client, uri, undocumented, []);
    // A variable that a compose file alone reads is read.
    client.replace(uri, 'TIDE_URL: ', 'TIDE_KEY: $HARBOUR_KEY\n      TIDE_URL: ');
    await untilFound(client, example, undocumented, []);
  });
});
