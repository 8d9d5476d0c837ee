import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver-protocol';
import { shippedServer } from './support/bundle.ts';
import type { Client, Folder } from './support/client.ts';
import { start } from './support/start.ts';

const workflow = `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - run: npm ci
      - run: make ci
      - run: npx turbo run build
`;

const makefile = 'ci: style\n\t./scripts/run.sh\nstyle:\n\tnpx eslint .\n';
const script = '#!/bin/sh\nset -e\nnpx vitest run\n';
const turbo = '{ "tasks": { "build": { "dependsOn": [] } } }\n';

function project(folder: Folder): void {
  folder.write(
    'package.json',
    '{ "name": "harbour", "private": true, "workspaces": ["apps/*"], "scripts": { "test": "vitest run", "lint": "eslint ." } }\n',
  );
  folder.write(
    'apps/web/package.json',
    '{ "name": "web", "scripts": { "build": "vite build", "types": "tsc || true" } }\n',
  );
  folder.write('.github/workflows/ci.yml', workflow);
  folder.write('.gitignore', 'node_modules\n');
  folder.write('Makefile', makefile);
  folder.write('scripts/run.sh', script);
  folder.write('turbo.json', turbo);
}

/** Waits until a rule's findings in a file begin in exactly these lines, counted from 0. */
async function untilFound(client: Client, uri: string, rule: string, lines: readonly number[]): Promise<void> {
  const found = () =>
    client
      .diagnostics(uri)
      .flatMap(({ code, range }) => (code === rule ? [range.start.line] : []))
      .sort()
      .join();
  await client.until(`${rule} in the lines ${lines.join()} of ${uri}`, () => found() === lines.join());
}

const SOFT = 'delivery/workflow-soft-gate';
const MISSING = 'delivery/workflow-missing-gate';

describe('gates of workflows behind Makefiles, shell scripts and tasks', { timeout: 600_000 }, () => {
  before(() => assert.ok(existsSync(shippedServer), 'dist/server.cjs is missing; run `npm run build`.'));

  it('are told anew when what they run is edited, open or on disk', async (t) => {
    const { client, folder } = await start(t, { server: shippedServer }, project);
    const uris = {
      workflow: folder.uri('.github/workflows/ci.yml'),
      makefile: folder.uri('Makefile'),
      script: folder.uri('scripts/run.sh'),
      turbo: folder.uri('turbo.json'),
      web: folder.uri('apps/web/package.json'),
    };
    const changedOnDisk = (uri: string) =>
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: FileChangeType.Changed }] });

    // Nothing to say; the mark before a line of the recipe makes its check soft.
    client.open(uris.makefile, makefile, 1, 'makefile');
    client.replace(uris.makefile, '\tnpx eslint .', '\t-npx eslint .');
    await untilFound(client, uris.makefile, SOFT, [3]);
    client.replace(uris.makefile, '\t-npx eslint .', '\tnpx eslint .');
    await untilFound(client, uris.makefile, SOFT, []);
    await untilFound(client, uris.workflow, MISSING, []);

    // The tests are gone from the recipe: the workflow is what lacks them.
    client.replace(uris.makefile, '\t./scripts/run.sh\n', '');
    await untilFound(client, uris.workflow, MISSING, [2]);
    client.replace(uris.makefile, 'ci: style\n', 'ci: style\n\t./scripts/run.sh\n');
    await untilFound(client, uris.workflow, MISSING, []);

    // A script that is not open.
    folder.write('scripts/run.sh', script.replace('vitest run', 'vitest run || true'));
    changedOnDisk(uris.script);
    await untilFound(client, uris.script, SOFT, [2]);
    folder.write('scripts/run.sh', '#!/bin/sh\nset -e\necho later\n');
    changedOnDisk(uris.script);
    await untilFound(client, uris.script, SOFT, []);
    await untilFound(client, uris.workflow, MISSING, [2]);
    folder.write('scripts/run.sh', script);
    changedOnDisk(uris.script);
    await untilFound(client, uris.workflow, MISSING, []);

    // What turbo runs before the task is a gate as well.
    folder.write(
      'apps/web/package.json',
      '{ "name": "web", "scripts": { "build": "vite build", "lint": "eslint . || true" } }\n',
    );
    changedOnDisk(uris.web);
    client.open(uris.turbo, turbo, 1, 'jsonc');
    client.replace(uris.turbo, '[]', '["lint"]');
    await untilFound(client, uris.web, SOFT, [0]);
    client.replace(uris.turbo, '["lint"]', '[]');
    await untilFound(client, uris.web, SOFT, []);
  });
});
