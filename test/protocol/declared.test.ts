import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { shippedServer } from './support/bundle.ts';
import type { Folder } from './support/client.ts';
import { start } from './support/start.ts';

/** What each service of a monorepo has, in a folder of its own. */
const SERVICES = ['orders', 'mails'];

const open = 'security/route-unauthenticated';

const app = `import express from 'express';
import { authenticate } from './authenticate.js';
import { keeper } from './door.js';

const app = express();
app.post('/orders', authenticate, (req, res) => res.sendStatus(201));
app.delete('/orders/:id', keeper, (req, res) => res.sendStatus(204));
app.put('/orders/:id', (req, res) => res.sendStatus(204));
app.listen(3000);
`;

function workspaceOfServices(folder: Folder): void {
  folder.write('package.json', JSON.stringify({ name: 'shop', private: true, workspaces: ['services/*'] }));
  folder.write('airworthy.json', settings({ gateways: [{ name: 'Kong', does: ['rateLimit'] }] }));
  for (const name of SERVICES) {
    const manifest = {
      name,
      private: true,
      scripts: { start: 'node src/app.js' },
      dependencies: { express: '^5.0.0' },
    };
    folder.write(`services/${name}/package.json`, JSON.stringify(manifest));
    folder.write(`services/${name}/src/door.js`, 'export const keeper = (req, res, next) => next();\n');
    folder.write(`services/${name}/src/authenticate.js`, 'export const authenticate = (req, res, next) => next();\n');
    folder.write(`services/${name}/src/app.js`, app);
  }
}

/** Other rules about services have their say elsewhere. */
function settings(more: object): string {
  return JSON.stringify({
    categories: { reliability: 'off', observability: 'off', security: 'off', types: 'off' },
    rules: { [open]: 'P2' },
    ...more,
  });
}

function project(folder: Folder): void {
  const scripts = { start: 'node src/app.js' };
  folder.write(
    'package.json',
    JSON.stringify({ name: 'orders', private: true, scripts, dependencies: { express: '^5.0.0' } }),
  );
  folder.write(
    'src/door.js',
    'export const keeper = (req, res, next) => (req.ip === process.title ? next() : res.end());\n',
  );
  folder.write(
    'src/authenticate.js',
    'export const authenticate = (req, res, next) => (req.user ? next() : res.end());\n',
  );
  folder.write('airworthy.json', settings({}));
}

describe('what airworthy.json declares for applications', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('stands in the message and the hover of findings, and ends them where it answers them', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uri = folder.uri('src/app.js');
    client.open(uri, app);
    await client.untilCodes(uri, [open]);
    const message = () => String(client.diagnostics(uri)[0]?.message ?? '');
    assert.match(message(), /^Whoever calls DELETE \/orders\/:id, PUT \/orders\/:id is served/);
    assert.doesNotMatch(message(), /airworthy\.json/);

    const declare = (more: object): void => {
      const config = folder.write('airworthy.json', settings(more));
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: config, type: 2 }] });
    };
    const providers = { authMiddleware: ['./src/door#keeper'] };
    declare({ providers, gateways: [{ name: 'Kong', does: ['rateLimit'] }] });
    const told =
      'As airworthy.json says: src/door#keeper is authentication and runs for 1 of 3 routes; Kong in front limits requests.';
    await client.until('what is declared', () => message().endsWith(told));
    assert.match(message(), /^Whoever calls PUT \/orders\/:id is served/);
    const position = client.diagnostics(uri)[0]?.range.start;
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri }, position });
    assert.ok((hover.contents as MarkupContent).value.replaceAll('\\', '').includes(told));

    declare({ providers, gateways: [{ name: 'Kong', apps: ['other/**'], does: ['authentication'] }] });
    await client.until('nothing about the gateway of others', () => message().endsWith('1 of 3 routes.'));
    declare({ providers, gateways: [{ name: 'Kong', apps: ['src/**'], does: ['authentication'] }] });
    await client.untilCodes(uri, []);
  });

  it('is said by each service of a monorepo for itself', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, workspaceOfServices);
    const [orders, mails] = SERVICES.map((name) => folder.uri(`services/${name}/src/app.js`));
    assert.ok(orders !== undefined && mails !== undefined);
    client.open(orders, app);
    client.open(mails, app);
    const message = (uri: string) => String(client.diagnostics(uri)[0]?.message ?? '');
    const ofRoot = 'As airworthy.json says: Kong in front limits requests.';
    await client.until('what the root declares', () => [orders, mails].every((uri) => message(uri).endsWith(ofRoot)));

    const declare = (name: string, more: object | undefined): void => {
      const path = `services/${name}/airworthy.json`;
      const uri = folder.uri(path);
      const type = more === undefined ? 3 : 1;
      if (more === undefined) folder.remove(path);
      else folder.write(path, settings(more));
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
    };
    // The nearest file applies alone: the gateway of the root is not that of a service with its own.
    declare('orders', { providers: { authMiddleware: ['./src/door#keeper'] } });
    const ofOrders =
      'As airworthy.json says: services/orders/src/door#keeper is authentication and runs for 1 of 3 routes.';
    await client.until('what the service declares', () => message(orders).endsWith(ofOrders));
    assert.match(message(orders), /^Whoever calls PUT \/orders\/:id is served/);
    assert.ok(message(mails).endsWith(ofRoot));
    assert.match(message(mails), /^Whoever calls DELETE \/orders\/:id, PUT \/orders\/:id is served/);

    declare('mails', { gateways: [{ name: 'Envoy', apps: ['src/**'], does: ['authentication'] }] });
    await client.untilCodes(mails, []);
    assert.ok(message(orders).endsWith(ofOrders));

    declare('orders', undefined);
    await client.until('what the root declares', () => message(orders).endsWith(ofRoot));
  });
});
