import type { GeneratedFile } from './generate.ts';
import { type Diagnostic, LspClient, type Position, type Publication } from './lspClient.ts';
import type { PeerServer, PeerWorkspace } from './peerServers.ts';

const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    codeAction: {
      dynamicRegistration: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] } },
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
  },
  window: { workDoneProgress: true },
};

interface ServerCapabilities {
  readonly diagnosticProvider?: unknown;
  readonly textDocumentSync?: number | { readonly change?: number };
}

interface Answer {
  readonly ms: number;
  /** All diagnostics of the answer. */
  readonly count: number;
}

/**
 * One server with one open file, and one key that is pressed again and again: it renames a constant and takes the new
 * name back, so that each press turns a finding on or off in every server.
 *
 * A press is answered by the first diagnostics that show the new state: pushed ones (of the right version, where the
 * server tells it), or the response to a pull request sent right behind the change, for servers that offer pull.
 */
export class KeySession {
  private readonly client: LspClient;
  private readonly server: PeerServer;
  private readonly workspace: PeerWorkspace;
  private readonly place: Position;
  private readonly text: string;
  private readonly renamedText: string;
  private version = 1;
  private renamed = false;
  private pulls = false;
  /** The server wants the whole text with each change (`TextDocumentSyncKind.Full`). */
  private wantsAllText = false;
  private lastMessage = 0;
  private awaiting: ((publication: Publication) => void) | undefined;

  constructor(server: PeerServer, workspace: PeerWorkspace, file: GeneratedFile) {
    this.server = server;
    this.workspace = workspace;
    this.text = file.text;
    this.renamedText = `${file.text.slice(0, file.toggle)}x${file.text.slice(file.toggle)}`;
    const before = file.text.slice(0, file.toggle).split('\n');
    this.place = { line: before.length - 1, character: (before[before.length - 1] ?? '').length };
    this.client = new LspClient(server.command(workspace.folder), {
      configuration: (section) => server.configuration(section, workspace.uri),
    });
    this.client.onPublish = (publication) => {
      this.lastMessage = performance.now();
      if (publication.uri === workspace.fileUri) this.awaiting?.(publication);
    };
  }

  /** `push` or `pull`, known once the file is open. */
  get mode(): 'push' | 'pull' {
    return this.pulls ? 'pull' : 'push';
  }

  /** Starts the server and opens the file; the time is that from `didOpen` to its first diagnostics. */
  async open(timeout: number): Promise<Answer> {
    const { uri, fileUri } = this.workspace;
    const result = (await within(
      30_000,
      this.client.request('initialize', {
        processId: process.pid,
        rootUri: uri,
        workspaceFolders: [{ uri, name: 'bench' }],
        capabilities,
        initializationOptions: this.server.initializationOptions?.(uri),
      }),
    )) as { readonly capabilities: ServerCapabilities };
    this.client.notify('initialized', {});
    await sleep(300);
    this.pulls =
      result.capabilities.diagnosticProvider !== undefined || this.client.registered.has('textDocument/diagnostic');
    const sync = result.capabilities.textDocumentSync;
    this.wantsAllText = (typeof sync === 'object' ? sync.change : sync) === 1;
    const started = performance.now();
    return this.answer(started, timeout, () =>
      this.client.notify('textDocument/didOpen', {
        textDocument: { uri: fileUri, languageId: 'typescript', version: this.version, text: this.text },
      }),
    );
  }

  /** Presses the key and waits for the answer. */
  press(timeout: number): Promise<Answer> {
    this.version++;
    this.renamed = !this.renamed;
    const { line, character } = this.place;
    const end = { line, character: character + (this.renamed ? 0 : 1) };
    const change = {
      textDocument: { uri: this.workspace.fileUri, version: this.version },
      contentChanges: this.wantsAllText
        ? [{ text: this.renamed ? this.renamedText : this.text }]
        : [{ range: { start: this.place, end }, text: this.renamed ? 'x' : '' }],
    };
    const started = performance.now();
    return this.answer(started, timeout, () => this.client.notify('textDocument/didChange', change));
  }

  /** Waits until the server has said nothing for half a second: what it does in the background is not others' cost. */
  async settle(): Promise<void> {
    const limit = performance.now() + 10_000;
    do await sleep(100);
    while (performance.now() - this.lastMessage < 500 && performance.now() < limit);
  }

  stop(): Promise<void> {
    return this.client.stop();
  }

  private async answer(started: number, timeout: number, send: () => void): Promise<Answer> {
    const answered = this.pulls ? this.pulled(send) : this.pushed(send);
    const count = await within(timeout, answered);
    this.lastMessage = performance.now();
    return { ms: this.lastMessage - started, count };
  }

  private pushed(send: () => void): Promise<number> {
    return new Promise((resolve) => {
      this.awaiting = ({ version, diagnostics }) => {
        if (version !== undefined && version !== this.version) return;
        if (this.showsState(diagnostics)) resolve(diagnostics.length);
      };
      send();
    });
  }

  private async pulled(send: () => void): Promise<number> {
    send();
    const params = { textDocument: { uri: this.workspace.fileUri } };
    for (;;) {
      const report = (await this.client.request('textDocument/diagnostic', params)) as {
        readonly items?: readonly Diagnostic[];
      };
      if (report.items !== undefined && this.showsState(report.items)) return report.items.length;
      await sleep(5);
    }
  }

  private showsState(diagnostics: readonly Diagnostic[]): boolean {
    const { line } = this.place;
    const present = diagnostics.some(
      (diagnostic) =>
        diagnostic.range.start.line >= line &&
        diagnostic.range.start.line <= line + 1 &&
        this.server.isToggled(diagnostic),
    );
    return present === (this.renamed === (this.server.presentWhen === 'renamed'));
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Rejects when it takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
