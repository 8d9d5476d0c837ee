import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly source?: string;
  readonly code?: string | number;
}

export interface Publication {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface ClientOptions {
  /** Answers `workspace/configuration` for one section; `undefined` section: all settings. */
  configuration(section: string | undefined): unknown;
}

type Answer = { readonly result: unknown } | { readonly error: { readonly message: string } };
type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

interface Incoming {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * A language client reduced to what a measurement needs: JSON-RPC over the pipes of a child process, with nothing between
 * the bytes and the clock.
 */
export class LspClient {
  /** Methods the server registered after `initialize`. */
  readonly registered = new Set<string>();
  onPublish: (publication: Publication) => void = () => {};
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly options: ClientOptions;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private received: Buffer[] = [];
  private receivedBytes = 0;
  /** Bytes of the message being received, header included; 0 while its header is not complete. */
  private needed = 0;
  private bodyStart = 0;
  private errorOutput = '';
  private ended = false;

  constructor(server: ServerCommand, options: ClientOptions) {
    this.options = options;
    this.child = spawn(server.command, server.args, { cwd: server.cwd, stdio: 'pipe' });
    this.child.stdout.on('data', (chunk: Buffer) => this.receive(chunk));
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.errorOutput = (this.errorOutput + chunk.toString()).slice(-2_000);
    });
    this.child.on('error', (error) => this.end(error.message));
    this.child.on('exit', (code) => this.end(`it ended with code ${code}`));
    this.child.stdin.on('error', () => this.end('its input is closed'));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      if (this.ended) {
        reject(new Error(`${method}: the server is gone`));
        return;
      }
      this.waiting.set(id, { resolve, reject });
      this.send({ id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** Asks the server to leave, and ends it when it does not. */
  async stop(): Promise<void> {
    if (this.ended) return;
    const left = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 2_000);
    this.request('shutdown', undefined).then(
      () => this.notify('exit', undefined),
      () => {},
    );
    await left;
    clearTimeout(timer);
  }

  private send(message: object): void {
    if (this.ended) return;
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    this.receivedBytes += chunk.length;
    for (;;) {
      if (this.needed === 0 && !this.readHeader()) return;
      if (this.receivedBytes < this.needed) return;
      const all = this.joined();
      const body = all.subarray(this.bodyStart, this.needed).toString();
      this.received = [all.subarray(this.needed)];
      this.receivedBytes -= this.needed;
      this.needed = 0;
      this.handle(JSON.parse(body) as Incoming);
    }
  }

  private readHeader(): boolean {
    const all = this.joined();
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const length = /content-length: *(\d+)/i.exec(all.subarray(0, end).toString('latin1'))?.[1];
    if (length === undefined) throw new Error('The server sent a message without Content-Length');
    this.bodyStart = end + 4;
    this.needed = this.bodyStart + Number(length);
    return true;
  }

  private joined(): Buffer {
    const all = this.received.length === 1 ? (this.received[0] ?? Buffer.alloc(0)) : Buffer.concat(this.received);
    this.received = [all];
    return all;
  }

  private handle(message: Incoming): void {
    if (message.method !== undefined && message.id !== undefined) {
      this.send({ id: message.id, ...this.answer(message.method, message.params) });
      return;
    }
    if (message.method === 'textDocument/publishDiagnostics') {
      this.onPublish(message.params as Publication);
      return;
    }
    if (typeof message.id !== 'number') return;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error.message));
  }

  private answer(method: string, params: unknown): Answer {
    switch (method) {
      case 'workspace/configuration': {
        const { items } = params as { readonly items: readonly { readonly section?: string }[] };
        return { result: items.map(({ section }) => this.options.configuration(section) ?? null) };
      }
      case 'client/registerCapability': {
        const { registrations } = params as { readonly registrations: readonly { readonly method: string }[] };
        for (const registration of registrations) this.registered.add(registration.method);
        return { result: null };
      }
      case 'workspace/applyEdit':
        return { result: { applied: false } };
      default:
        // Progress tokens, refreshes, and servers' own requests: `null` is what a client without the feature says.
        return { result: null };
    }
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    const error = new Error(`The server is gone: ${reason}. ${this.errorOutput.trim()}`);
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
