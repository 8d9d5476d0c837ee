/**
 * Installs a real VS Code, served to a browser, from the npm registry alone: `npm run vscode:install`.
 *
 * code-server's `lib/vscode` is the plain VS Code server with its workbench; its own web front is left out. It wants a
 * newer Node than this project, so that comes as a package too and stays out of `node_modules/.bin`, where it would
 * become the Node of every npm script. Nothing is compiled. A second run finds everything in place and does nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standIns } from './standIns.ts';

/** code-server numbers its releases like the VS Code inside with the major raised by 3: this is VS Code 1.139.1. */
const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
/** Grows when something else of it is installed, so that older copies are not taken for it. */
const SELECTION = 2;

export const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Where it all lands. `AIRWORTHY_VSCODE_CACHE` moves it, so that several checkouts can share one copy. */
const cache = resolve(process.env['AIRWORTHY_VSCODE_CACHE'] ?? join(project, '.vscode-test'));

export const installed = {
  folder: join(cache, `vscode-${CODE_SERVER}-${SELECTION}`),
  serverMain: join(cache, `vscode-${CODE_SERVER}-${SELECTION}`, 'out', 'server-main.js'),
  node: join(cache, `node-${NODE}`, 'bin', 'node'),
};

export const isInstalled = (): boolean => existsSync(installed.serverMain) && existsSync(installed.node);

/** Dependencies that only serve Copilot, dev containers, Windows or Kerberos proxies: 250 MB for nothing here. */
const UNUSED_DEPENDENCIES = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/fs-copyfile',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'ssh2',
  'tar',
  'zod',
];

/**
 * Built-in extensions that are pure weight or need a dependency from the list above. Those with a `browser` entry must
 * stay: the workbench knows them by heart and would report their absence.
 */
const UNUSED_EXTENSIONS = [
  'copilot',
  'debug-auto-launch',
  'github',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
];

/** Folders with one subfolder of native binaries per platform. */
const PLATFORM_BINARIES = ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'];

/** A failure whose message tells the reader all there is to know; printed without a stack. */
class InstallError extends Error {}

function npm(args: readonly string[], cwd: string): string {
  try {
    return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new InstallError(
      `\`npm ${args.slice(0, 2).join(' ')}\` failed. VS Code and its Node come from the npm registry: ` +
        `check that \`npm ping\` answers, then run \`npm run vscode:install\` again.\n${stderr || message}`,
    );
  }
}

/** Downloads a package and unpacks one folder of it into a new folder beside `destination`, whose path it returns. */
function unpack(spec: string, destination: string, folder: string): string {
  const unfinished = `${destination}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const listing = npm(['pack', spec, '--json', '--ignore-scripts', '--pack-destination', unfinished], cache);
  const [packed] = JSON.parse(listing) as { filename: string }[];
  if (!packed) throw new InstallError(`The npm registry has no package ${spec}.`);
  const archive = join(unfinished, packed.filename);
  const depth = 1 + folder.split('/').length;
  execFileSync('tar', ['xzf', archive, '-C', unfinished, `--strip-components=${depth}`, `package/${folder}`]);
  rmSync(archive);
  return unfinished;
}

function installNode(): void {
  const destination = dirname(dirname(installed.node));
  const unfinished = unpack(`node-${process.platform}-${process.arch}@${NODE}`, destination, 'bin');
  mkdirSync(join(unfinished, 'bin'));
  renameSync(join(unfinished, 'node'), join(unfinished, 'bin', 'node'));
  rmSync(destination, { recursive: true, force: true });
  renameSync(unfinished, destination);
}

function installVscode(): void {
  const unfinished = unpack(`code-server@${CODE_SERVER}`, installed.folder, 'lib/vscode');
  const manifestPath = join(unfinished, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  for (const name of UNUSED_DEPENDENCIES) delete manifest.dependencies[name];
  delete manifest.allowScripts;
  writeFileSync(manifestPath, JSON.stringify(manifest, null, 2));

  const production = ['install', '--omit=dev', '--ignore-scripts', '--engine-strict=false'];
  npm(production, unfinished);
  // The TypeScript that the built-in TypeScript extension runs.
  npm(production, join(unfinished, 'extensions'));

  for (const [name, code] of standIns) {
    mkdirSync(join(unfinished, 'node_modules', name), { recursive: true });
    writeFileSync(join(unfinished, 'node_modules', name, 'index.js'), code);
  }
  for (const name of UNUSED_EXTENSIONS) rmSync(join(unfinished, 'extensions', name), { recursive: true, force: true });
  for (const folder of PLATFORM_BINARIES) {
    const binaries = join(unfinished, 'node_modules', folder);
    for (const platform of readdirSync(binaries)) {
      if (platform !== `${process.platform}-${process.arch}`) rmSync(join(binaries, platform), { recursive: true });
    }
  }
  rmSync(installed.folder, { recursive: true, force: true });
  renameSync(unfinished, installed.folder);
}

/** Installs what is not there yet. Throws an {@link InstallError} that says what is missing and what to do. */
function install(): void {
  if (!['linux', 'darwin'].includes(process.platform)) {
    throw new InstallError(
      'The VS Code that is served to a browser runs on Linux and macOS. ' +
        'Here, use a desktop VS Code: set AIRWORTHY_VSCODE to its program.',
    );
  }
  try {
    execFileSync('tar', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new InstallError('The program `tar` is needed to unpack VS Code and is not on the PATH. Install it.');
  }
  mkdirSync(cache, { recursive: true });
  if (!existsSync(installed.node)) installNode();
  if (!existsSync(installed.serverMain)) installVscode();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = Date.now();
  try {
    install();
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`VS Code 1${CODE_SERVER.slice(1)} and Node ${NODE} are in ${cache} (${seconds} s).`);
}
