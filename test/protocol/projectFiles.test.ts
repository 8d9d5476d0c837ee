import assert from 'node:assert/strict';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { shippedServer } from './support/bundle.ts';
import type { Client, Folder } from './support/client.ts';
import { start } from './support/start.ts';
import { untilFound } from './support/untilFound.ts';

const created = 1;
const changed = 2;
const deleted = 3;

const undeclared = 'config/undeclared-dependency';
const lockFile = 'config/lockfile-missing';

const app = `import { berths } from './berths.js';
import Page from './Page.svelte';
import { prices } from './prices/today.js';

export const all = [berths, Page, prices];
`;

function project(folder: Folder): void {
  folder.write('package.json', '{ "name": "harbour", "private": true, "dependencies": { "svelte": "^5.0.0" } }\n');
  folder.write('src/app.ts', app);
}

function watched(client: Client, uri: string, type: number): void {
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
}

describe('project checks that ask what is there', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('follow files that come, go and are called otherwise, open or not', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uri = folder.uri('src/app.ts');
    await untilFound(client, uri, undeclared, [0, 1, 2]);

    folder.write('src/berths.ts', 'export const berths = 3;\n');
    watched(client, folder.uri('src/berths.ts'), created);
    await untilFound(client, uri, undeclared, [1, 2]);

    // Of no kind that is read.
    folder.write('src/Page.svelte', '<h1>Harbour</h1>\n');
    watched(client, folder.uri('src/Page.svelte'), created);
    await untilFound(client, uri, undeclared, [2]);

    client.open(uri, app);
    renameSync(join(folder.path, 'src/berths.ts'), join(folder.path, 'src/moorings.ts'));
    renameSync(join(folder.path, 'src/Page.svelte'), join(folder.path, 'src/page.svelte'));
    client.notify('workspace/didRenameFiles', {
      files: [
        { oldUri: folder.uri('src/berths.ts'), newUri: folder.uri('src/moorings.ts') },
        { oldUri: folder.uri('src/Page.svelte'), newUri: folder.uri('src/page.svelte') },
      ],
    });
    await untilFound(client, uri, undeclared, [0, 1, 2]);

    client.replace(uri, './berths.js', './moorings.js');
    await untilFound(client, uri, undeclared, [1, 2]);

    folder.remove('src/moorings.ts');
    client.notify('workspace/didDeleteFiles', { files: [{ uri: folder.uri('src/moorings.ts') }] });
    await untilFound(client, uri, undeclared, [0, 1, 2]);
  });

  it('follow what git ignores', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uri = folder.uri('src/app.ts');
    await untilFound(client, uri, undeclared, [0, 1, 2]);
    folder.write('.gitignore', '/src/prices\n');
    watched(client, folder.uri('.gitignore'), created);
    await untilFound(client, uri, undeclared, [0, 1]);
    folder.write('.gitignore', '/build\n');
    watched(client, folder.uri('.gitignore'), changed);
    await untilFound(client, uri, undeclared, [0, 1, 2]);
  });

  it('follow package.json and lock files', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      project(files);
      files.write('src/app.ts', "import mitt from 'mitt';\n\nexport const events = mitt();\n");
    });
    const uri = folder.uri('src/app.ts');
    const manifest = folder.uri('package.json');
    await untilFound(client, uri, undeclared, [0]);
    await untilFound(client, manifest, lockFile, [0]);

    folder.write('yarn.lock', '');
    watched(client, folder.uri('yarn.lock'), created);
    await untilFound(client, manifest, lockFile, []);
    folder.remove('yarn.lock');
    watched(client, folder.uri('yarn.lock'), deleted);
    await untilFound(client, manifest, lockFile, [0]);

    folder.write('package.json', '{ "name": "harbour", "private": true, "dependencies": { "mitt": "^3.0.0" } }\n');
    watched(client, manifest, changed);
    await untilFound(client, uri, undeclared, []);
  });

  it('see what comes and goes while an earlier answer is on its way', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const manifest = folder.uri('package.json');
    const lock = folder.uri('yarn.lock');
    await untilFound(client, manifest, lockFile, [0]);
    // The answer takes some quiet time, a run and another one that shows it: the next change falls into each of them.
    for (let pause = 0; pause <= 900; pause += 60) {
      folder.write('yarn.lock', '');
      watched(client, lock, created);
      await delay(pause);
      folder.remove('yarn.lock');
      watched(client, lock, deleted);
      await delay(pause);
      folder.write('yarn.lock', '');
      watched(client, lock, created);
      await untilFound(client, manifest, lockFile, []);
      await delay(pause % 240);
      folder.remove('yarn.lock');
      watched(client, lock, deleted);
      await untilFound(client, manifest, lockFile, [0]);
    }
  });

  it('follow the other file of what two files say together', async (t) => {
    const waits = 'delivery/compose-no-healthcheck';
    const strict = 'config/tsconfig-not-strict';
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write(
        'package.json',
        '{ "name": "harbour", "private": true, "devDependencies": { "typescript": "^5.9.0" } }\n',
      );
      files.write('tsconfig.json', '{ "extends": "./config/base" }\n');
      files.write('config/base.json', '{ "compilerOptions": { "strict": true, "strictNullChecks": true } }\n');
      files.write('Dockerfile', 'FROM node:22\nCMD ["node", "main.js"]\n');
      files.write(
        'compose.yml',
        'services:\n  edge:\n    image: edge:1.0\n    depends_on:\n      api:\n        condition: service_healthy\n  api:\n    build: .\n',
      );
    });
    const compose = folder.uri('compose.yml');
    await untilFound(client, compose, waits, [4]);
    folder.write('Dockerfile', 'FROM node:22\nHEALTHCHECK CMD ["node", "ask.js"]\nCMD ["node", "main.js"]\n');
    watched(client, folder.uri('Dockerfile'), changed);
    await untilFound(client, compose, waits, []);

    const base = folder.uri('config/base.json');
    folder.write('config/base.json', '{\n  "compilerOptions": {\n    "strict": false\n  }\n}\n');
    watched(client, base, changed);
    await client.until('strict is off in the base', () =>
      client.diagnostics(base).some(({ code, range }) => code === strict && range.start.line === 2),
    );
  });

  it('follow the base of a base alone', async (t) => {
    const strict = 'config/tsconfig-not-strict';
    const beyond = '"noImplicitReturns": true, "noUncheckedIndexedAccess": true';
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', '{ "name": "harbour", "private": true }\n');
      files.write('config/base.json', `{ "compilerOptions": { "strict": true, ${beyond} } }\n`);
      files.write(
        'config/server.json',
        '{\n  "extends": "./base.json",\n  "compilerOptions": { "noImplicitAny": false }\n}\n',
      );
      files.write('api/tsconfig.json', '{ "extends": "../config/server" }\n');
    });
    const server = folder.uri('config/server.json');
    const base = folder.uri('config/base.json');
    await untilFound(client, server, strict, [2]);

    // The option that is off in between matters with strict alone.
    folder.write('config/base.json', `{\n  "compilerOptions": { "strict": false, ${beyond} }\n}\n`);
    watched(client, base, changed);
    await untilFound(client, server, strict, []);
    await untilFound(client, base, strict, [1]);

    folder.write('config/base.json', `{ "compilerOptions": { "strict": true, ${beyond} } }\n`);
    watched(client, base, changed);
    await untilFound(client, server, strict, [2]);
    await untilFound(client, base, strict, []);

    // The only project that extends them says otherwise.
    folder.write(
      'api/tsconfig.json',
      '{ "extends": "../config/server", "compilerOptions": { "noImplicitAny": true } }\n',
    );
    watched(client, folder.uri('api/tsconfig.json'), changed);
    await untilFound(client, server, strict, []);
  });

  it('follow scripts that workflows rely on, in package.json and behind it', async (t) => {
    const soft = 'delivery/workflow-soft-gate';
    const scripts = (lint: string) =>
      `{\n  "name": "harbour",\n  "scripts": {\n    "verify": "npm run lint",\n    "lint": "${lint}"\n  }\n}\n`;
    const workflow = (step: string) =>
      `on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${step}\n`;
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('package.json', scripts('eslint . || true'));
      files.write('.github/workflows/ci.yml', workflow('npm run verify'));
    });
    const manifest = folder.uri('package.json');
    await untilFound(client, manifest, soft, [4]);
    // package.json alone.
    client.open(manifest, scripts('eslint . || true'), 1, 'json');
    client.replace(manifest, ' || true', '');
    await untilFound(client, manifest, soft, []);
    client.replace(manifest, 'eslint .', 'eslint .; exit 0');
    await untilFound(client, manifest, soft, [4]);
    client.replace(manifest, 'npm run lint', 'npm run build');
    await untilFound(client, manifest, soft, []);
    client.replace(manifest, 'npm run build', 'npm run lint');
    await untilFound(client, manifest, soft, [4]);
    // The workflow alone.
    const ci = folder.uri('.github/workflows/ci.yml');
    folder.write('.github/workflows/ci.yml', workflow('npm run build'));
    watched(client, ci, changed);
    await untilFound(client, manifest, soft, []);
    folder.write('.github/workflows/ci.yml', workflow('npm run verify'));
    watched(client, ci, changed);
    await untilFound(client, manifest, soft, [4]);
  });

  it('follow allowJs in what a tsconfig extends', async (t) => {
    const mixed = 'config/mixed-js-ts';
    const { client, folder } = await start(t, { server: shippedServer }, (files) => {
      files.write('tsconfig.json', '{ "extends": "./config/base.json" }\n');
      files.write('config/base.json', '{ "compilerOptions": { "strict": true } }\n');
      for (const name of ['boats', 'berths', 'tides']) files.write(`src/${name}.ts`, `export const ${name} = 1;\n`);
      files.write('src/prices.js', 'exports.price = 3;\n');
    });
    const left = folder.uri('src/prices.js');
    await untilFound(client, left, mixed, [0]);
    folder.write('config/base.json', '{ "compilerOptions": { "allowJs": true } }\n');
    watched(client, folder.uri('config/base.json'), changed);
    await untilFound(client, left, mixed, []);
  });
});
