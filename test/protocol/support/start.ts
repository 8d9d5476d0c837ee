import type { TestContext } from 'node:test';
import type { InitializeResult } from 'vscode-languageserver-protocol';
import { vscodeLike } from './capabilities.ts';
import { Client, type ClientOptions, Folder } from './client.ts';

export interface Started {
  readonly client: Client;
  readonly folder: Folder;
  readonly result: InitializeResult;
}

/** Starts a server on a folder of its own; both are gone when the test ends. `fill` writes files before the start. */
export async function start(
  test: TestContext,
  options: Partial<ClientOptions> = {},
  fill: (folder: Folder) => void = () => {},
): Promise<Started> {
  const folder = new Folder();
  fill(folder);
  const client = new Client({ capabilities: vscodeLike, folders: [folder], ...options });
  test.after(async () => {
    const timer = setTimeout(() => client.process.kill('SIGKILL'), 5000);
    await client.stop();
    clearTimeout(timer);
    folder.remove();
  });
  return { client, folder, result: await client.start() };
}
