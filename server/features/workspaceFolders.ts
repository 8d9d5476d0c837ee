import { DidChangeWorkspaceFoldersNotification, type InitializeParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { asArray, asObject } from '../convert/fromLsp.ts';
import { toPath } from '../convert/uris.ts';

/** Follows the folders that the editor has open. */
export function register(ctx: ServerContext): void {
  const { connection, session } = ctx;
  ctx.onInitialize((capabilities, params) => {
    capabilities.workspace = {
      ...capabilities.workspace,
      workspaceFolders: { supported: true, changeNotifications: true },
    };
    // Before the first document comes in, so that it finds its folder.
    for (const root of initialRoots(params)) session.addFolder(root);
    // Not earlier: the connection puts a handler of its own in this place while it initialises.
    connection.onNotification(DidChangeWorkspaceFoldersNotification.method, changed);
  });

  function changed(params: unknown): void {
    const event = asObject(asObject(params)?.['event']);
    // Added first: documents move straight to their new folder.
    for (const root of roots(event?.['added'])) session.addFolder(root);
    for (const root of roots(event?.['removed'])) session.removeFolder(root);
  }
}

function initialRoots({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders !== undefined && workspaceFolders !== null) return roots(workspaceFolders);
  const root = toPath(rootUri) ?? (typeof rootPath === 'string' ? rootPath.replaceAll('\\', '/') : undefined);
  return root === undefined || root === '' ? [] : [root];
}

function roots(folders: unknown): readonly string[] {
  return asArray(folders).flatMap((folder) => toPath(asObject(folder)?.['uri']) ?? []);
}
