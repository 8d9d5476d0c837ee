/** The npm package, installed from its tarball into an empty folder without a network. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { InitializeResult } from 'vscode-languageserver';
import { project } from '../../scripts/vscode/install.ts';

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let folder = '';
let packed: Packed;
const program = (): string => join(folder, 'node_modules', '.bin', 'airworthy');
const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'airworthy-npm-'));
  // The bundles are those of the .vsix: no script runs.
  const pack = ['pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', folder];
  [packed] = JSON.parse(execFileSync('npm', pack, { cwd: project, encoding: 'utf8' }));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename)];
  execFileSync('npm', install, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('the tarball holds what the command line needs and nothing else', (t) => {
  t.diagnostic(`${packed.filename}: ${(packed.size / 1024).toFixed(0)} kB`);
  assert.deepEqual(packed.files.map((file) => file.path).sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/THIRD_PARTY_NOTICES.txt',
    'dist/cli.cjs',
    'dist/cliMain.cjs',
    'dist/report.cjs',
    'dist/ruleDocs.cjs',
    'dist/vendor/libFiles.cjs',
    'dist/vendor/ts-morph.cjs',
    'dist/vendor/ts.cjs',
    'package.json',
    'schemas/airworthy.schema.json',
  ]);
});

test('the installed command checks a project and says its version', () => {
  cpSync(join(project, 'test/e2e/workspaces/service'), join(folder, 'service'), { recursive: true });
  const { status, stdout } = spawnSync(program(), ['check', 'service', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout);
  assert.ok(report.findings.length > 0);
  assert.equal(status, 1);
  assert.equal(execFileSync(program(), ['--version'], { encoding: 'utf8' }).trim(), manifest.version);
});

test('the installed command explains a rule without a network', () => {
  const page = execFileSync(program(), ['explain', 'security/iframe-sandbox-escape'], { encoding: 'utf8' });
  assert.match(page, /allow-same-origin/);
});

test('the installed command is a language server', async () => {
  const child = spawn(program(), ['lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const result = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  assert.equal(result.serverInfo?.name, 'airworthy');
  await connection.sendRequest('shutdown');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await connection.sendNotification('exit');
  assert.equal(await ended, 0);
});
