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

/** Files of tools that run tasks, each with a soft check that nothing calls. */
const RUNNERS = [
  {
    name: 'a Taskfile',
    path: 'Taskfile.yml',
    id: 'yaml',
    command: 'task sweep',
    text: "version: '3'\ntasks:\n  sweep:\n    deps: []\n    cmds: [npx vitest run]\n  style: npx eslint . || true\n",
    call: 'deps: []',
    called: 'deps: [style]',
    line: 5,
  },
  {
    name: 'what a package.json says to Wireit',
    path: 'package.json',
    id: 'json',
    command: 'npm run sweep',
    text: `{
  "name": "harbour",
  "scripts": { "lint": "eslint .", "test": "vitest run", "sweep": "wireit", "style": "wireit" },
  "wireit": {
    "sweep": { "command": "npx vitest run", "dependencies": [] },
    "style": { "command": "npx eslint . || true" }
  }
}
`,
    call: '"dependencies": []',
    called: '"dependencies": ["style"]',
    line: 5,
  },
  {
    name: 'what a package.json says to Nx',
    path: 'package.json',
    id: 'json',
    command: 'npx nx sweep',
    text: `{
  "name": "harbour",
  "scripts": { "lint": "eslint .", "test": "vitest run" },
  "nx": {
    "targets": {
      "sweep": { "command": "npx vitest run", "dependsOn": [] },
      "style": { "command": "npx eslint . || true" }
    }
  }
}
`,
    call: '"dependsOn": []',
    called: '"dependsOn": ["style"]',
    line: 6,
  },
] as const;

function workflowOf(command: string): string {
  return `on: push\njobs:\n  check:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${command}\n      - run: npm run lint\n`;
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

  for (const { name, path, id, command, text, call, called, line } of RUNNERS) {
    it(`are told anew when ${name} is edited`, async (t) => {
      const { client, folder } = await start(t, { server: shippedServer }, (at) => {
        at.write(
          'package.json',
          '{ "name": "harbour", "private": true, "scripts": { "lint": "eslint .", "test": "vitest run" } }\n',
        );
        at.write('.github/workflows/ci.yml', workflowOf(command));
        at.write('.gitignore', 'node_modules\n');
        at.write(path, text);
      });
      const uris = { file: folder.uri(path), workflow: folder.uri('.github/workflows/ci.yml') };
      client.open(uris.file, text, 1, id);
      client.open(uris.workflow, workflowOf(command), 1, 'yaml');

      // The soft check counts as soon as something that the workflow runs calls it.
      client.replace(uris.file, call, called);
      await untilFound(client, uris.file, SOFT, [line]);
      client.replace(uris.file, called, call);
      await untilFound(client, uris.file, SOFT, []);

      // Without its tests the workflow lacks a gate.
      await untilFound(client, uris.workflow, MISSING, []);
      client.replace(uris.file, 'npx vitest run', 'echo later');
      await untilFound(client, uris.workflow, MISSING, [2]);
      client.replace(uris.file, 'echo later', 'npx vitest run');
      await untilFound(client, uris.workflow, MISSING, []);
    });
  }
});
