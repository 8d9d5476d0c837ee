import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { installed } from './install.ts';
import type { Profile } from './profile.ts';

/** A running VS Code server on this machine. */
export interface VscodeServer {
  /** `127.0.0.1:PORT`; also the authority of `vscode-remote:` uris. */
  readonly authority: string;
  /** Ends the server with its extension hosts, terminals and language servers. */
  stop(): void;
}

const folders = (profile: Profile): string[] => [
  '--server-data-dir',
  profile.root,
  '--user-data-dir',
  profile.data,
  '--extensions-dir',
  profile.extensions,
];

function environment(profile: Profile, extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(https?|all)_proxy$/i.test(name) && !/^(VSCODE_|NODE_OPTIONS$|npm_)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: profile.root,
    TMPDIR: profile.temporary,
    XDG_RUNTIME_DIR: profile.temporary,
    // Without an address there is no marketplace, and nothing is looked up there.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...extra,
  };
}

/** Does what `code --install-extension FILE` does, without network. */
export function installExtension(profile: Profile, vsix: string): string {
  const args = [installed.serverMain, ...folders(profile), '--accept-server-license-terms'];
  return execFileSync(installed.node, [...args, '--install-extension', vsix, '--force'], {
    env: environment(profile, {}),
    encoding: 'utf8',
  });
}

export interface ServerOptions {
  /** Honours an extension under development and its tests in the page's address; hides notifications. */
  readonly testDriver?: boolean;
  /** For the extension host, which inherits it. */
  readonly env?: NodeJS.ProcessEnv;
  /** A fixed port instead of any free one. */
  readonly port?: number;
}

/** Starts the server; resolves when it listens (about 0.3 s). Its output goes to `server.log` in the profile. */
export async function startServer(profile: Profile, options: ServerOptions = {}): Promise<VscodeServer> {
  const { testDriver = false, env = {}, port: wantedPort = 0 } = options;
  const args = [
    installed.serverMain,
    ...folders(profile),
    ...['--host', '127.0.0.1', '--port', String(wantedPort), '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-telemetry'],
    ...(profile.trusted ? ['--disable-workspace-trust'] : []),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  // A process group of its own: extension hosts and language servers end with it.
  const child = spawn(installed.node, args, {
    env: environment(profile, env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => {
    process.removeListener('exit', stop);
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', stop);

  const log = createWriteStream(join(profile.root, 'server.log'));
  child.stderr.pipe(log, { end: false });
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk);
      output += chunk;
      const listening = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (listening) resolve(listening);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with code ${code}.\n${output}`)));
  });
  return { authority: `127.0.0.1:${port}`, stop };
}
