import {
  DiagnosticRefreshRequest,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  type FullDocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type UnchangedDocumentDiagnosticReport,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Lane } from '#engine/workspace/workspace.ts';
import { cancelled, documentOf, nextTurn, type ServerContext } from '../context.ts';
import { asArray, asObject } from '../convert/fromLsp.ts';
import type { Published } from '../lanes/publisher.ts';

/** Milliseconds over which requests to pull again are gathered. */
const REFRESH_QUIET = 100;

/** Serves clients that only pull. All others are pushed to, which tells them earlier and without polling. */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis, discovery, publisher } = ctx;
  /** What the client knows, by path. */
  const answered = new Map<string, string>();
  let pull = false;
  let refresh: NodeJS.Timeout | undefined;

  ctx.onInitialize((capabilities) => {
    pull = ctx.client.diagnostics === 'pull';
    if (!pull) return;
    capabilities.diagnosticProvider = {
      identifier: 'airworthy',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    };
  });
  ctx.onShutdown({ dispose: () => clearTimeout(refresh) });

  ctx.onRequest<DocumentDiagnosticParams, DocumentDiagnosticReport>(
    DocumentDiagnosticRequest.type,
    async (params, token) => {
      const document = documentOf(session, params);
      if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const { path, version } = document;
      // Clients that can be told to pull again get the quick answer first.
      const lanes: Lane[] = ctx.client.refreshDiagnostics ? ['syntax'] : ['syntax', 'types', 'project'];
      await analysis.settled(document, lanes);
      if (token.isCancellationRequested) throw cancelled();
      if (session.document(path) !== document || document.version !== version) throw pullAgain();
      publisher.update(path);
      const published = publisher.get(path);
      if (published === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      answered.set(path, published.resultId);
      return reportOf(published, params.previousResultId);
    },
  );

  ctx.onRequest<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
    WorkspaceDiagnosticRequest.type,
    async (params, token) => {
      const previous = previousResults(params);
      const partial = params.partialResultToken;
      const sent = new Set<string>();
      let items: WorkspaceDocumentDiagnosticReport[] = [];
      const add = (published: Published): void => {
        answered.set(published.path, published.resultId);
        sent.add(published.uri);
        const report = reportOf(published, previous.get(published.uri));
        items.push({ ...report, uri: published.uri, version: published.version ?? null });
      };
      const flush = (): void => {
        if (partial === undefined || items.length === 0) return;
        connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, partial, { items }).catch(() => {});
        items = [];
      };
      for (const published of publisher.all()) add(published);
      flush();
      const listener = publisher.onDidChange((published) => {
        add(published);
        flush();
      });
      try {
        while ((analysis.indexing || discovery.busy) && !token.isCancellationRequested) {
          await new Promise((resolve) => setTimeout(resolve, REFRESH_QUIET));
        }
        await nextTurn();
      } finally {
        listener.dispose();
      }
      if (token.isCancellationRequested) throw cancelled();
      for (const uri of previous.keys()) {
        if (!sent.has(uri)) items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
      }
      flush();
      return { items };
    },
  );

  session.onDidOpen(({ path }) => answered.delete(path));
  // After it opened or edited a document a client pulls by itself; what else changes the picture it has to be told.
  analysis.onDidAnalyze(({ lane, paths }) => {
    if (!pull || !ctx.client.refreshDiagnostics || refresh !== undefined) return;
    const news = paths.some((path) => {
      const open = session.document(path) !== undefined;
      if (open && (lane === 'syntax' || !answered.has(path))) return false;
      return publisher.get(path)?.resultId !== answered.get(path);
    });
    if (!news) return;
    refresh = setTimeout(() => {
      refresh = undefined;
      connection.sendRequest(DiagnosticRefreshRequest.method).catch(() => {});
    }, REFRESH_QUIET);
  });
}

function reportOf(
  published: Published,
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  const { resultId, diagnostics } = published;
  return previous === resultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
}

function previousResults(params: unknown): ReadonlyMap<string, string> {
  const results = new Map<string, string>();
  for (const entry of asArray(asObject(params)?.['previousResultIds'])) {
    const { uri, value } = asObject(entry) ?? {};
    if (typeof uri === 'string' && typeof value === 'string') results.set(uri, value);
  }
  return results;
}

function pullAgain(): ResponseError<unknown> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'The document changed in the meantime.', {
    retriggerRequest: true,
  });
}
