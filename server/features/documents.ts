import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { asDocumentChange, asDocumentUri, asOpenedDocument } from '../convert/fromLsp.ts';
import { toPath } from '../convert/uris.ts';

/** Keeps the session's documents as the editor has them. */
export function register(ctx: ServerContext): void {
  const { connection, session } = ctx;

  ctx.onInitialize((capabilities) => {
    capabilities.textDocumentSync = { openClose: true, change: TextDocumentSyncKind.Incremental, save: true };
  });

  // By method name: the typed registrations trust the parameters.
  connection.onNotification(DidOpenTextDocumentNotification.method, (params: unknown) => {
    const item = asOpenedDocument(params);
    const path = toPath(item?.uri);
    if (item === undefined) ctx.log('Ignored a malformed textDocument/didOpen.');
    else if (path !== undefined) session.open(item.uri, path, item.languageId, item.version, item.text);
  });

  connection.onNotification(DidChangeTextDocumentNotification.method, (params: unknown) => {
    const change = asDocumentChange(params);
    const path = toPath(change?.uri);
    if (change === undefined) ctx.log('Ignored a malformed textDocument/didChange; close and open the document again.');
    else if (path !== undefined) session.change(path, change.version, change.changes);
  });

  connection.onNotification(DidSaveTextDocumentNotification.method, (params: unknown) => {
    const path = toPath(asDocumentUri(params));
    if (path !== undefined) session.save(path);
  });

  connection.onNotification(DidCloseTextDocumentNotification.method, (params: unknown) => {
    const path = toPath(asDocumentUri(params));
    if (path !== undefined) session.close(path);
  });
}
