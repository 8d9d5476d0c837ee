import { after, type TestContext } from 'node:test';
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
    await stop(client);
    folder.remove();
  });
  return { client, folder, result: await client.start() };
}

let common: { readonly client: Client; readonly folder: Folder; readonly result: InitializeResult } | undefined;
let tests = 0;

// Here and not in the test that happens to come first, with which it would end.
after(async () => {
  if (common === undefined) return;
  await stop(common.client);
  common.folder.remove();
});

/**
 * As `start`, with a folder of its own inside the one of a server that all tests of a file share. For tests that need
 * nothing but a client like VS Code and documents, because a new process takes longer than most tests.
 */
export async function share(test: TestContext): Promise<Started> {
  if (common === undefined) {
    const folder = new Folder();
    const client = new Client({ capabilities: vscodeLike, folders: [folder] });
    common = { client, folder, result: await client.start() };
  }
  const { client, folder, result } = common;
  test.after(() => {
    for (const uri of [...client.documents.keys()]) client.close(uri);
  });
  return { client, folder: new Folder(`${folder.path}/test${++tests}`), result };
}

/** Ends a server; one that does not answer is killed. */
async function stop(client: Client): Promise<void> {
  const timer = setTimeout(() => client.process.kill('SIGKILL'), 20_000);
  await Promise.race([client.stop(), client.exited]);
  clearTimeout(timer);
}
