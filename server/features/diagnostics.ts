import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { isShown } from '../lanes/publisher.ts';

/** Keeps diagnostics up to date with what the lanes found, and pushes them to clients that take them so. */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis, publisher } = ctx;
  analysis.onDidAnalyze(({ folder, lane, paths }) => {
    for (const path of paths) publisher.update(path, lane !== 'syntax');
    ctx.logFailures(folder.workspace);
  });
  // Versions start anew, so whatever was said is about another document.
  session.onDidOpen(({ path }) => publisher.forget(path));
  session.onDidClose(({ path, folder }) => {
    const known = session.folderOf(path) === folder && folder.workspace.version(path) !== undefined;
    // One that is still there is shown as it was until the text on disk is analysed.
    if (!known || !isShown(folder, false)) publisher.clear(path);
  });
  session.onDidRemoveFolder(({ folder, paths }) => {
    for (const path of paths) publisher.clear(path);
    publisher.dropFolder(folder);
  });

  publisher.onDidChange(({ uri, version, diagnostics }) => {
    if (ctx.client.diagnostics !== 'push') return;
    const params: PublishDiagnosticsParams = { uri, diagnostics: [...diagnostics] };
    if (version !== undefined) params.version = version;
    connection.sendDiagnostics(params).catch(() => {});
  });
}
