import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
  Range,
  TextDocumentContentChangeEvent,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serverBundle } from './bundle.ts';

export interface ClientOptions {
  readonly capabilities: ClientCapabilities;
  /** Folders to open; the first one is where files are written by default. */
  readonly folders?: readonly Folder[];
  readonly initializationOptions?: unknown;
  /** Answers to `workspace/configuration`, by scope uri; the empty key is for no scope. */
  readonly settings?: Record<string, unknown>;
  /** The server's file. Left out: one with the test rules, bundled from the sources. */
  readonly server?: string;
  /** Left out: this process. */
  readonly processId?: number | null;
}

/** A folder on disk that a test may fill. */
export class Folder {
  readonly path: string;

  /** Left out: a new folder of its own. */
  constructor(path = realpathSync(mkdtempSync(join(tmpdir(), 'airworthy-protocol-')))) {
    this.path = path;
  }

  write(name: string, text: string): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return pathToFileURL(file).href;
  }

  uri(name = ''): string {
    return pathToFileURL(join(this.path, name)).href;
  }

  remove(name = ''): void {
    rmSync(join(this.path, name), { recursive: true, force: true });
  }
}

/** The server in a process of its own, and a plain JSON-RPC client on its standard streams. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Everything the server published, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** Methods of all requests and notifications from the server with their parameters, in order. */
  readonly received: { readonly method: string; readonly params: unknown }[] = [];
  /** Messages of `window/logMessage`. */
  readonly log: string[] = [];
  readonly exited: Promise<number | null>;
  readonly documents = new Map<string, TextDocument>();
  settings: Record<string, unknown>;
  readonly #options: ClientOptions;
  readonly #waiting = new Set<() => void>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.settings = options.settings ?? {};
    this.process = spawn(process.execPath, [options.server ?? serverBundle(), '--stdio'], { stdio: 'pipe' });
    this.exited = new Promise((resolve) => this.process.once('exit', (code) => resolve(code)));
    const { stdin, stdout, stderr } = this.process;
    if (stdin === null || stdout === null || stderr === null) throw new Error('The server has no standard streams.');
    stderr.on('data', (data) => this.log.push(String(data)));
    this.connection = createMessageConnection(stdout, stdin);
    this.connection.onError(() => {});
    this.connection.onNotification((method, params) => this.#receive(method, params));
    this.connection.onUnhandledProgress((params) => this.#receive('$/progress', params));
    this.connection.onRequest((method, params) => this.#answer(method, params));
    this.connection.listen();
    // Whatever was asked gets no answer any more.
    void this.exited.then(() => this.connection.dispose());
  }

  /** Sends `initialize` and `initialized`. */
  async start(extra: Partial<InitializeParams> = {}): Promise<InitializeResult> {
    const { capabilities, folders, initializationOptions, processId } = this.#options;
    const result = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: processId === undefined ? process.pid : processId,
      rootUri: null,
      capabilities,
      workspaceFolders: folders?.map((folder) => ({ uri: folder.uri(), name: 'test' })) ?? null,
      initializationOptions,
      ...extra,
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  open(uri: string, text: string, version = 1, languageId = 'typescript'): void {
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  /** Sends changes of an open document and keeps the text in step. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.document(uri);
    const version = document.version + 1;
    this.documents.set(uri, TextDocument.update(document, [...changes], version));
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: changes });
  }

  /** Replaces the first occurrence of a text. */
  replace(uri: string, old: string, next: string): void {
    this.change(uri, [{ range: this.rangeOf(uri, old), text: next }]);
  }

  close(uri: string): void {
    this.documents.delete(uri);
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  document(uri: string): TextDocument {
    const document = this.documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  }

  rangeOf(uri: string, text: string): Range {
    const document = this.document(uri);
    const start = document.getText().indexOf(text);
    if (start < 0) throw new Error(`"${text}" is not in ${uri}`);
    return { start: document.positionAt(start), end: document.positionAt(start + text.length) };
  }

  actions(uri: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    const context = { diagnostics: this.diagnostics(uri), ...(only !== undefined && { only }) };
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context });
  }

  /** Applies the edits for open documents, as an editor does, and sends the changes. */
  apply(edit: WorkspaceEdit | undefined): void {
    const byUri = new Map<string, readonly TextEdit[]>(Object.entries(edit?.changes ?? {}));
    for (const change of edit?.documentChanges ?? []) {
      if ('edits' in change) byUri.set(change.textDocument.uri, change.edits as TextEdit[]);
    }
    for (const [uri, edits] of byUri) {
      const document = this.documents.get(uri);
      if (document !== undefined) this.change(uri, [{ text: TextDocument.applyEdits(document, [...edits]) }]);
    }
  }

  /** What was published for a document, in order. */
  publishedFor(uri: string): readonly PublishDiagnosticsParams[] {
    return this.published.filter((params) => params.uri === uri);
  }

  /** What was published for a document last. */
  last(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast((params) => params.uri === uri);
  }

  /** What a user sees of a document now. */
  diagnostics(uri: string): Diagnostic[] {
    return this.last(uri)?.diagnostics ?? [];
  }

  /** Codes and the text they cover, sorted by place; needs the document to be open. */
  seen(uri: string): string[] {
    const document = this.document(uri);
    return this.diagnostics(uri).map((one) => `${one.code}: ${document.getText(one.range)}`);
  }

  /** Resolves when a condition holds; it is checked on each message from the server. */
  async until<T>(what: string, condition: () => T | undefined | false, milliseconds = 20_000): Promise<T> {
    const now = condition();
    if (now !== undefined && now !== false) return now;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        const last = this.received.slice(-5).map((message) => JSON.stringify(message));
        reject(new Error(`Waited in vain for ${what}.\n${[...this.log.slice(-3), ...last].join('\n')}`));
      }, milliseconds);
      const check = (): void => {
        const value = condition();
        if (value === undefined || value === false) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(value);
      };
      this.#waiting.add(check);
    });
  }

  /** Waits for the codes that a document shows. */
  untilCodes(uri: string, codes: readonly string[]): Promise<unknown> {
    const wanted = [...codes].sort().join();
    return this.until(`[${wanted}] in ${uri}`, () => {
      const last = this.last(uri);
      return (
        last !== undefined &&
        last.diagnostics
          .map((one) => String(one.code))
          .sort()
          .join() === wanted
      );
    });
  }

  /** Waits until the server has answered all that was sent before, and its lanes had time to run. */
  async quiet(milliseconds = 700): Promise<void> {
    let seen = -1;
    while (seen !== this.received.length) {
      seen = this.received.length;
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }

  /** Writes messages past the connection and in one piece, so that the server has them all at once. */
  send(...messages: readonly object[]): void {
    const bodies = messages.map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }));
    const frames = bodies.map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    this.process.stdin?.write(frames.join(''));
  }

  /** Calls back with the response to a message that was sent with `send`. */
  onResponse<T>(id: number, callback: (response: T) => void): void {
    let seen = '';
    this.process.stdout?.on('data', (data) => {
      seen += data;
      const at = seen.indexOf(`"id":${id},`);
      const start = seen.lastIndexOf('{"jsonrpc"', at);
      const length = /Content-Length: (\d+)\r\n\r\n$/.exec(seen.slice(0, start))?.[1];
      const body = seen.slice(start, start + Number(length));
      if (at >= 0 && length !== undefined && body.length === Number(length)) callback(JSON.parse(body));
    });
  }

  notify(method: string, params: unknown): void {
    void this.connection.sendNotification(method, params);
  }

  request<T>(method: string, params?: unknown): Promise<T> {
    return params === undefined
      ? this.connection.sendRequest<T>(method)
      : this.connection.sendRequest<T>(method, params);
  }

  /** Ends the server in the orderly way; answers its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode === null) {
      await this.request('shutdown');
      this.notify('exit', undefined);
    }
    return this.exited;
  }

  #receive(method: string, params: unknown): void {
    this.received.push({ method, params });
    if (method === 'textDocument/publishDiagnostics') this.published.push(params as PublishDiagnosticsParams);
    if (method === 'window/logMessage') this.log.push((params as { message: string }).message);
    for (const check of [...this.#waiting]) check();
  }

  #answer(method: string, params: unknown): unknown {
    this.#receive(method, params);
    if (method === 'workspace/configuration') {
      const { items } = params as { items: { scopeUri?: string }[] };
      return items.map(({ scopeUri }) => this.settings[scopeUri ?? ''] ?? null);
    }
    if (method === 'workspace/applyEdit') {
      this.apply((params as { edit: WorkspaceEdit }).edit);
      return { applied: true };
    }
    return method === 'window/showDocument' ? { success: true } : null;
  }
}
