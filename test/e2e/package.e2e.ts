/** What is in the .vsix, seen where VS Code unpacked it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { installed, project } from '../../scripts/vscode/install.ts';
import { createProfile, type Profile } from '../../scripts/vscode/profile.ts';
import { installExtension } from '../../scripts/vscode/server.ts';

const vsix = join(project, 'out', 'airworthy.vsix');
const LIMIT_MB = 4;

let profile: Profile;
let folder = '';

before(() => {
  profile = createProfile({});
  installExtension(profile, vsix);
  const name = readdirSync(profile.extensions).find((entry) => entry.startsWith('airworthy.airworthy-'));
  assert.ok(name, 'VS Code installed the extension');
  folder = join(profile.extensions, name);
});
after(() => profile.dispose());

test('the .vsix holds what the extension needs and nothing else', (t) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const size = (path: string): string => `${(statSync(path).size / 1024).toFixed(0)} kB`;
  for (const file of files) t.diagnostic(`${size(join(folder, file)).padStart(8)}  ${file}`);
  t.diagnostic(`${size(vsix).padStart(8)}  packed`);
  assert.deepEqual(files, [
    '.vsixmanifest',
    'LICENSE.txt',
    'changelog.md',
    'dist/THIRD_PARTY_NOTICES.txt',
    'dist/client.cjs',
    'dist/report.cjs',
    'dist/ruleDocs.cjs',
    'dist/server.cjs',
    'dist/serverMain.cjs',
    'dist/vendor/libFiles.cjs',
    'dist/vendor/ts-morph.cjs',
    'dist/vendor/ts.cjs',
    'docs/walkthrough/check.md',
    'docs/walkthrough/configure.md',
    'docs/walkthrough/findings.md',
    'docs/walkthrough/fixes.md',
    'images/activity.svg',
    'images/icon.png',
    'package.json',
    'readme.md',
    'schemas/airworthy.schema.json',
    'syntaxes/checklist.tmLanguage.json',
    'syntaxes/checklistText.tmLanguage.json',
    'syntaxes/suppression.tmLanguage.json',
  ]);
  assert.ok(statSync(vsix).size < LIMIT_MB * 1024 * 1024, `smaller than ${LIMIT_MB} MB`);
});

test('every file that the manifest names is there', () => {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const { main, icon, contributes } = JSON.parse(manifest);
  const named: string[] = [
    main,
    icon,
    ...contributes.grammars.map((entry: { path: string }) => entry.path),
    ...contributes.viewsContainers.activitybar.map((entry: { icon: string }) => entry.icon),
    ...contributes.jsonValidation.map((entry: { url: string }) => entry.url),
    ...contributes.walkthroughs.flatMap((walkthrough: { steps: { media: { markdown: string } }[] }) =>
      walkthrough.steps.map((step) => step.media.markdown),
    ),
  ];
  for (const path of named) assert.ok(statSync(join(folder, path)).isFile(), path);
});

/** Starts the server as VS Code's Node runs it, ends it, and answers what Node says of the compiled code it keeps. */
async function runServer(cache: string): Promise<{ readonly log: string; readonly started: number }> {
  const begin = performance.now();
  const child = spawn(installed.node, [join(folder, 'dist/server.cjs'), '--stdio'], {
    stdio: 'pipe',
    env: { ...process.env, NODE_COMPILE_CACHE: cache, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
  });
  let log = '';
  child.stderr.on('data', (data) => {
    log += data;
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  const started = performance.now() - begin;
  await connection.sendRequest('shutdown');
  const closed = once(child, 'close');
  await connection.sendNotification('exit');
  await closed;
  return { log, started };
}

test('the server takes up the code that was compiled when it ran before', async (t) => {
  const cache = join(profile.root, 'compiled');
  const first = await runServer(cache);
  const second = await runServer(cache);
  for (const file of ['serverMain.cjs', 'ts.cjs']) {
    assert.doesNotMatch(first.log, new RegExp(`${file.replace('.', '\\.')} was accepted`));
    assert.match(second.log, new RegExp(`${file.replace('.', '\\.')} was accepted`));
  }
  t.diagnostic(`started in ${first.started.toFixed(0)} ms, the second time in ${second.started.toFixed(0)} ms`);
});
