import {
  type CodeAction,
  type CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Diagnostic,
  MessageType,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding, Span } from '#api';
import { FixFailed } from '#engine/workspace/fixFailed.ts';
import type { FixOffer } from '#engine/workspace/workspace.ts';
import { contentModified, type DocumentRequest, invalidParams, type ServerContext } from '../context.ts';
import { asArray, asObject, asRange } from '../convert/fromLsp.ts';
import { mostUrgentFirst } from '../convert/mostUrgentFirst.ts';
import { toDiagnostic } from '../convert/toLsp.ts';
import { toPath } from '../convert/uris.ts';

/** A place in a document and what is known about it, as code actions are asked for there. */
export interface ActionRequest {
  readonly request: DocumentRequest;
  readonly at: Span;
  /** Findings that touch the place. */
  readonly findings: readonly Finding[];
  /** Fixes for them. */
  readonly offers: readonly FixOffer[];
  /** Whether the client asks for actions of a kind; `named` only when it says the kind or one above it. */
  wants(kind: CodeActionKind, how?: 'named'): boolean;
  /** The diagnostic that stands for a finding, as the client knows it. */
  diagnosticOf(finding: Finding): Diagnostic;
}

/** One sort of code actions. */
export interface ActionSource {
  readonly kind: CodeActionKind;
  provide(request: ActionRequest): Promise<readonly CodeAction[]>;
  /** Computes the edit of an action whose {@link DeferredEdit.source} is this name. */
  readonly deferred?: {
    readonly source: string;
    edit(data: Readonly<Record<string, unknown>>, path: string): Promise<WorkspaceEdit | undefined>;
  };
}

/** `data` of an action whose edit is computed when the user picks it. Says all there is to know: nothing is kept here. */
export interface DeferredEdit {
  readonly source: string;
  readonly uri: string;
  readonly version: number;
}

/** Answers requests for code actions from all sources. */
export function register(ctx: ServerContext): void {
  const { connection, session, analysis, actions } = ctx;

  ctx.onInitialize((capabilities) => {
    capabilities.codeActionProvider = {
      codeActionKinds: [...new Set(actions.map((source) => source.kind))],
      resolveProvider: true,
    };
  });

  ctx.onDocumentRequest<CodeActionParams, CodeAction[]>(CodeActionRequest.type, async (request, params) => {
    if (!ctx.client.codeActionLiterals) return [];
    const range = asRange(params.range);
    if (range === undefined) throw invalidParams('a range');
    const at = request.lines.span(range);
    await analysis.settled(request.document, ['syntax']);
    request.check();
    const { path, version, workspace } = request;
    const offers = await workspace.fixes(path, version, at);
    request.check();
    const known = asArray(asObject(params.context)?.['diagnostics']);
    const action: ActionRequest = {
      request,
      at,
      findings: mostUrgentFirst(
        workspace.findings(path).filter((finding) => finding.start <= at.end && at.start <= finding.end),
        (finding) => finding,
      ),
      offers: mostUrgentFirst(offers, (offer) => offer.finding),
      wants: wantedKinds(asObject(params.context)?.['only']),
      diagnosticOf: (finding) => {
        const own = toDiagnostic(finding, version, request.lines, ctx.client, ctx.texts);
        return known.find((diagnostic): diagnostic is Diagnostic => standsFor(diagnostic, own)) ?? own;
      },
    };
    const found: CodeAction[] = [];
    for (const source of actions) {
      if (!action.wants(source.kind)) continue;
      found.push(...(await source.provide(action)));
      request.check();
    }
    return found;
  });

  ctx.onRequest<CodeAction, CodeAction>(CodeActionResolveRequest.type, async (action, token) => {
    const data = asObject(action?.data);
    const path = toPath(data?.['uri']);
    const source = actions.find(({ deferred }) => deferred !== undefined && deferred.source === data?.['source']);
    if (data === undefined || path === undefined || source?.deferred === undefined) return action;
    const isCurrent = (): boolean => session.document(path)?.version === data['version'];
    if (!isCurrent()) throw contentModified();
    let edit: WorkspaceEdit | undefined;
    try {
      edit = await source.deferred.edit(data, path);
    } catch (error) {
      if (!(error instanceof FixFailed)) throw error;
      // Not an error response: clients show those in their own words, or not at all.
      const { workspace } = session.document(path)?.folder ?? {};
      if (workspace !== undefined) ctx.logFailures(workspace);
      const message = `${error.message} The log has the details; please report it.`;
      connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }).catch(() => {});
      return action;
    }
    if (edit === undefined || !isCurrent() || token.isCancellationRequested) throw contentModified();
    return { ...action, edit };
  });
}

function wantedKinds(only: unknown): ActionRequest['wants'] {
  const kinds = asArray(only).filter((kind) => typeof kind === 'string');
  const isNamed = (kind: CodeActionKind): boolean =>
    kinds.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
  return (kind, how) => (how === undefined && kinds.length === 0) || isNamed(kind);
}

function standsFor(diagnostic: unknown, own: Diagnostic): boolean {
  const object = asObject(diagnostic);
  const range = asRange(object?.['range']);
  return (
    object?.['code'] === own.code &&
    range?.start.line === own.range.start.line &&
    range.start.character === own.range.start.character &&
    range.end.line === own.range.end.line &&
    range.end.character === own.range.end.character
  );
}
