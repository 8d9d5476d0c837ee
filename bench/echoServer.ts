/**
 * A language server that analyses nothing: it answers each change with a diagnostic where text was typed, and with none
 * where it was deleted. What it needs is the price of the transport.
 */
import { createConnection, TextDocumentSyncKind } from 'vscode-languageserver/node';

const connection = createConnection(process.stdin, process.stdout);

connection.onInitialize(() => ({
  capabilities: { textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental } },
}));

connection.onDidOpenTextDocument(({ textDocument: { uri, version } }) => {
  void connection.sendDiagnostics({ uri, version, diagnostics: [] });
});

connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges: [change] }) => {
  const typed = change !== undefined && 'range' in change && change.text !== '';
  const diagnostics = typed ? [{ range: change.range, message: 'unused', code: 'unused' }] : [];
  void connection.sendDiagnostics({ uri, version, diagnostics });
});

connection.listen();
