import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Disposable, Workspace } from '#engine/workspace/workspace.ts';
import type { ChecklistWatch } from './checklist/watch.ts';
import type { ClientProfile } from './client.ts';
import { asDocumentUri } from './convert/fromLsp.ts';
import type { Lines } from './convert/lines.ts';
import type { Texts } from './convert/texts.ts';
import type { EditTarget } from './convert/toLsp.ts';
import { toPath } from './convert/uris.ts';
import type { Environment } from './environment.ts';
import type { ActionSource } from './features/codeActions.ts';
import type { HoverSource } from './features/hover.ts';
import type { Analysis } from './lanes/analysis.ts';
import type { Discovery } from './lanes/discovery.ts';
import type { Publisher } from './lanes/publisher.ts';
import type { OpenDocument, Session } from './session.ts';

/** Adds one feature: its capability, its handlers, and what must be disposed of. Called once, before `initialize`. */
export type RegisterFeature = (ctx: ServerContext) => void;

/** Takes the first argument as the client sent it; throws for one that does not have the shape. */
export type ServerCommand = (argument: unknown) => Promise<unknown>;

/** What the features share. */
export interface ServerContext {
  readonly connection: Connection;
  /** Of the client that sent `initialize`; reading it earlier is a bug and throws. */
  readonly client: ClientProfile;
  readonly environment: Environment;
  readonly session: Session;
  readonly analysis: Analysis;
  readonly discovery: Discovery;
  readonly publisher: Publisher;
  readonly checklists: ChecklistWatch;
  readonly texts: Texts;
  readonly edits: EditTarget;
  /** Sources of code actions; features add theirs, `codeActions` asks them. */
  readonly actions: ActionSource[];
  /** What a hover shows, in this order; `hover` asks them. */
  readonly hovers: HoverSource[];
  /** Commands of the server by name; `commands` executes them. */
  readonly commands: Map<string, ServerCommand>;

  /** Runs while `initialize` is answered: adds capabilities. */
  onInitialize(callback: (capabilities: ServerCapabilities, params: InitializeParams) => void): void;
  /** Runs after the client has said `initialized`: from here on requests to the client are allowed. */
  onInitialized(callback: () => void | Promise<void>): void;
  onShutdown(disposable: Disposable): void;

  /**
   * Answers a request. Takes a turn of the event loop first, so that a `$/cancelRequest` behind it can win; answers with
   * an error before `initialize`, after `shutdown`, and for whatever the handler throws.
   */
  onRequest<P, R>(
    type: { readonly method: string },
    handler: (params: P, token: CancellationToken) => Promise<R>,
  ): void;
  /** As `onRequest`, for requests about one document; answers `null` for a document that is not open. */
  onDocumentRequest<P, R>(
    type: { readonly method: string },
    handler: (request: DocumentRequest, params: P) => Promise<R | null>,
  ): void;
  /** Writes to the client's log. Never throws. */
  log(message: string): void;
  /** Writes the rules and fixes that failed in a workspace to the client's log, each once. */
  logFailures(workspace: Workspace): void;
}

/** Milliseconds a request may work before it looks for messages. */
const SLICE = 10;

/** A request about the version of a document that was current when it arrived. */
export class DocumentRequest {
  readonly document: OpenDocument;
  readonly version: number;
  readonly token: CancellationToken;
  readonly #session: Session;
  readonly #texts: Texts;
  #breathed = performance.now();

  constructor(session: Session, texts: Texts, document: OpenDocument, token: CancellationToken) {
    this.#session = session;
    this.#texts = texts;
    this.document = document;
    this.version = document.version;
    this.token = token;
  }

  get path(): string {
    return this.document.path;
  }

  get workspace(): Workspace {
    return this.document.folder.workspace;
  }

  /** Lines of the version that was asked about. */
  get lines(): Lines {
    const lines = this.#texts.lines(this.path);
    if (lines === undefined) throw contentModified();
    return lines;
  }

  /** For long work, between its steps: reads what came in meanwhile, now and then, and checks. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#breathed > SLICE) {
      await nextTurn();
      this.#breathed = performance.now();
    }
    this.check();
  }

  /** Call after every `await`: throws when the request was cancelled or is about a text of the past. */
  check(): void {
    if (this.token.isCancellationRequested) throw cancelled();
    if (this.#session.document(this.path) !== this.document || this.document.version !== this.version) {
      throw contentModified();
    }
  }
}

export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

export function contentModified(): ResponseError {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The document changed in the meantime.');
}

export function invalidParams(what: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `The request does not have ${what}.`);
}

/** The open document that a request names. */
export function documentOf(session: Session, params: unknown): OpenDocument | undefined {
  const uri = asDocumentUri(params);
  if (uri === undefined) throw invalidParams('a textDocument.uri');
  const path = toPath(uri);
  return path === undefined ? undefined : session.document(path);
}

/**
 * Lets the message behind the one at hand be handled first. Messages are handled one per turn of the event loop, and the
 * next one may come later in the same turn, hence two turns.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
