import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic, ServerCommand } from './lspClient.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const peers = join(root, 'bench', 'peers');
const modules = join(peers, 'node_modules');

/** A language server under measurement. */
export interface PeerServer {
  readonly name: string;
  /** Ours, one to compare with, or none at all: the price of the transport. */
  readonly role: 'ours' | 'peer' | 'floor';
  command(folder: string): ServerCommand;
  readonly initializationOptions?: (folderUri: string) => unknown;
  configuration(section: string | undefined, folderUri: string): unknown;
  /** Whether a diagnostic on one of the toggled lines is the one that the key turns on and off. */
  isToggled(diagnostic: Diagnostic): boolean;
  /** Whether it is there while the constant is renamed (unused), or while it is not. */
  readonly presentWhen: 'renamed' | 'original';
}

const saysUnused = ({ code, message }: Diagnostic): boolean => /unused/i.test(`${code} ${message}`);

function fromSource(script: string, cwd: string): ServerCommand {
  return { command: process.execPath, args: ['--import', import.meta.resolve('tsx'), script, '--stdio'], cwd };
}

/** Our server: the bundle when there is one, the sources otherwise. */
const airworthy: PeerServer = {
  name: 'airworthy',
  role: 'ours',
  command(cwd) {
    const bundle = join(root, 'dist', 'server.cjs');
    if (existsSync(bundle)) return { command: process.execPath, args: [bundle, '--stdio'], cwd };
    return fromSource(join(root, 'server', 'main.ts'), cwd);
  },
  configuration: () => undefined,
  isToggled: ({ code }) => String(code).includes('security/env-auth-bypass'),
  presentWhen: 'original',
};

const oxlint: PeerServer = {
  name: 'oxlint --lsp',
  role: 'peer',
  command: (cwd) => ({ command: join(modules, '.bin', 'oxlint'), args: ['--lsp'], cwd }),
  initializationOptions: (workspaceUri) => [{ workspaceUri, options: { run: 'onType' } }],
  configuration: () => ({ run: 'onType' }),
  isToggled: saysUnused,
  presentWhen: 'renamed',
};

const eslint: PeerServer = {
  name: 'vscode-eslint',
  role: 'peer',
  command: (cwd) => ({
    command: process.execPath,
    args: [
      '--max-old-space-size=4096',
      join(modules, 'vscode-langservers-extracted', 'bin', 'vscode-eslint-language-server'),
      '--stdio',
    ],
    cwd,
  }),
  configuration: (_section, uri) => ({
    validate: 'on',
    packageManager: 'npm',
    useESLintClass: true,
    experimental: { useFlatConfig: false },
    codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
    codeActionOnSave: { mode: 'all' },
    format: false,
    quiet: false,
    onIgnoredFiles: 'off',
    options: {},
    rulesCustomizations: [],
    run: 'onType',
    problems: { shortenToSingleLine: false },
    nodePath: null,
    workspaceFolder: { uri, name: 'bench' },
    workingDirectory: { mode: 'location' },
  }),
  isToggled: saysUnused,
  presentWhen: 'renamed',
};

const biome: PeerServer = {
  name: 'biome lsp-proxy',
  role: 'peer',
  command: (cwd) => ({ command: join(modules, '.bin', 'biome'), args: ['lsp-proxy'], cwd }),
  configuration: () => ({}),
  isToggled: saysUnused,
  presentWhen: 'renamed',
};

const transport: PeerServer = {
  name: '(transport alone)',
  role: 'floor',
  command: (cwd) => fromSource(join(root, 'bench', 'echoServer.ts'), cwd),
  configuration: () => undefined,
  isToggled: saysUnused,
  presentWhen: 'renamed',
};

export const servers: readonly PeerServer[] = [airworthy, oxlint, eslint, biome, transport];

/** Brings the peers from npm into bench/peers, unless they are there already. */
export function installPeers(): void {
  if (existsSync(join(modules, '.package-lock.json'))) return;
  console.error('Installing the peers below bench/peers (once) …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peers,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed in bench/peers; the benchmark needs the npm registry once.');
}

/** Ends the daemon that `biome lsp-proxy` leaves behind. */
export function stopDaemons(): void {
  spawnSync(join(modules, '.bin', 'biome'), ['stop'], { cwd: peers, stdio: 'ignore' });
}

/** A folder outside this repository with one source file and a configuration for each server. */
export interface PeerWorkspace {
  readonly folder: string;
  readonly uri: string;
  readonly fileUri: string;
  remove(): void;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function createPeerWorkspace(text: string): PeerWorkspace {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'airworthy-peers-')));
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
  write('package.json', json({ name: 'orders', version: '1.0.0', private: true, dependencies: { express: '^5.0.0' } }));
  write('tsconfig.json', json({ compilerOptions: { strict: true, target: 'ES2022', module: 'NodeNext', types: [] } }));
  write(
    'eslint.config.mjs',
    [
      "import security from 'eslint-plugin-security';",
      "import sonarjs from 'eslint-plugin-sonarjs';",
      "import tseslint from 'typescript-eslint';",
      'export default [...tseslint.configs.recommended, sonarjs.configs.recommended, security.configs.recommended];',
      '',
    ].join('\n'),
  );
  write('.oxlintrc.json', json({ categories: { correctness: 'error', suspicious: 'warn', perf: 'warn' } }));
  write(
    'biome.json',
    json({
      files: { maxSize: 20_000_000 },
      formatter: { enabled: false },
      assist: { enabled: false },
      linter: { rules: { recommended: true, correctness: { noUnusedVariables: 'error' } } },
    }),
  );
  write('orders.ts', text);
  symlinkSync(modules, join(folder, 'node_modules'), 'junction');
  return {
    folder,
    uri: pathToFileURL(folder).href,
    fileUri: pathToFileURL(join(folder, 'orders.ts')).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
