import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  PositionEncodingKind,
  ResponseError,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Disposable } from '#engine/workspace/workspace.ts';
import { ChecklistWatch } from './checklist/watch.ts';
import { type ClientProfile, clientProfile } from './client.ts';
import { cancelled, DocumentRequest, documentOf, nextTurn, type ServerContext } from './context.ts';
import { Texts } from './convert/texts.ts';
import { describeError } from './describeError.ts';
import { type Environment, nodeEnvironment } from './environment.ts';
import { failureLog } from './failureLog.ts';
import * as checklist from './features/checklist.ts';
import * as checklistCreate from './features/checklistCreate.ts';
import * as checklistEdits from './features/checklistEdits.ts';
import * as checklistGates from './features/checklistGates.ts';
import * as checklistLenses from './features/checklistLenses.ts';
import * as checklistMarkdown from './features/checklistMarkdown.ts';
import * as codeActions from './features/codeActions.ts';
import * as commands from './features/commands.ts';
import * as configuration from './features/configuration.ts';
import * as diagnostics from './features/diagnostics.ts';
import * as distantSettings from './features/distantSettings.ts';
import * as documents from './features/documents.ts';
import * as fixAll from './features/fixAll.ts';
import * as hover from './features/hover.ts';
import * as pullDiagnostics from './features/pullDiagnostics.ts';
import * as quickFixes from './features/quickFixes.ts';
import * as report from './features/report.ts';
import * as rulePages from './features/rulePages.ts';
import * as status from './features/status.ts';
import * as storedOutcomes from './features/storedOutcomes.ts';
import * as suppressions from './features/suppressions.ts';
import * as watchedFiles from './features/watchedFiles.ts';
import * as workspaceDiagnostics from './features/workspaceDiagnostics.ts';
import * as workspaceFolders from './features/workspaceFolders.ts';
import { Analysis } from './lanes/analysis.ts';
import { Discovery } from './lanes/discovery.ts';
import { Publisher } from './lanes/publisher.ts';
import { Session } from './session.ts';

/** In the order in which their steps run: settings and storage before folders, folders before their files. */
const features = [
  documents,
  diagnostics,
  pullDiagnostics,
  status,
  configuration,
  storedOutcomes,
  workspaceFolders,
  watchedFiles,
  distantSettings,
  workspaceDiagnostics,
  codeActions,
  quickFixes,
  suppressions,
  rulePages,
  fixAll,
  checklist,
  checklistEdits,
  checklistCreate,
  report,
  checklistGates,
  checklistMarkdown,
  checklistLenses,
  commands,
  hover,
];

/** Serves one client over a connection that does not listen yet. The process ends with the connection. */
export function startServer(connection: Connection, environment: Environment = nodeEnvironment()): void {
  const initialize: ((capabilities: ServerCapabilities, params: InitializeParams) => void)[] = [];
  const initialized: (() => void | Promise<void>)[] = [];
  const disposables: Disposable[] = [];
  let client: ClientProfile | undefined;
  let stopped = false;

  const log = (message: string): void => {
    try {
      connection.console.error(message);
    } catch {
      // The connection is gone and with it whoever could read this.
    }
  };
  const profile = (): ClientProfile => {
    if (client === undefined) throw new Error('The client is unknown before `initialize`.');
    return client;
  };
  const onRequest: ServerContext['onRequest'] = (type, handler) => {
    connection.onRequest(
      type.method,
      async (params: Parameters<typeof handler>[0], token: CancellationToken): Promise<unknown> => {
        if (client === undefined) throw new ResponseError(ErrorCodes.ServerNotInitialized, 'Send `initialize` first.');
        if (stopped) throw new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down.');
        return handler(params, token).catch((error: unknown) => {
          if (!(error instanceof ResponseError)) log(`${type.method}: ${describeError(error)}`);
          throw error;
        });
      },
    );
  };

  const session = new Session(environment, log);
  const texts = new Texts(session, environment.host);
  const analysis = new Analysis(session, log);
  const publisher = new Publisher(session, texts, profile);
  const discovery = new Discovery(environment, session, analysis, publisher, log);
  const checklists = new ChecklistWatch(session, analysis, discovery);
  const ctx: ServerContext = {
    connection,
    get client() {
      return profile();
    },
    environment,
    session,
    analysis,
    publisher,
    discovery,
    texts,
    edits: {
      get client() {
        return profile();
      },
      texts,
      versionOf: (path) => session.document(path)?.version,
    },
    checklists,
    actions: [],
    hovers: [],
    commands: new Map(),
    onInitialize: (callback) => initialize.push(callback),
    onInitialized: (callback) => initialized.push(callback),
    onShutdown: (disposable) => disposables.push(disposable),
    onRequest: (type, handler) =>
      onRequest<Parameters<typeof handler>[0], unknown>(type, async (params, token) => {
        await nextTurn();
        if (token.isCancellationRequested) throw cancelled();
        return handler(params, token);
      }),
    onDocumentRequest: (type, handler) =>
      onRequest<Parameters<typeof handler>[1], unknown>(type, async (params, token) => {
        const document = documentOf(session, params);
        if (document === undefined) return null;
        const request = new DocumentRequest(session, texts, document, token);
        await nextTurn();
        request.check();
        return handler(request, params);
      }),
    log,
    logFailures: failureLog(log),
  };
  for (const feature of features) feature.register(ctx);

  connection.onInitialize((params) => {
    if (client !== undefined) return new ResponseError(ErrorCodes.InvalidRequest, '`initialize` was sent already.');
    client = clientProfile(params);
    const capabilities: ServerCapabilities = { positionEncoding: PositionEncodingKind.UTF16 };
    for (const callback of initialize) callback(capabilities, params);
    return { capabilities, serverInfo: { name: 'airworthy' } };
  });
  connection.onInitialized(() => {
    // Side by side: some clients refuse a request or never answer one, and the rest must go on.
    const run = async (callback: () => void | Promise<void>): Promise<void> => callback();
    for (const callback of initialized)
      run(callback).catch((error) => log(`After initialized: ${describeError(error)}`));
  });
  connection.onShutdown(() => {
    if (stopped) return;
    stopped = true;
    analysis.dispose();
    checklists.dispose();
    for (const disposable of disposables.reverse()) disposable.dispose();
    session.dispose();
  });
  const survive = (error: unknown): void => log(`Unexpected: ${describeError(error)}`);
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  // Over IPC nothing else notices at once when the client is gone; over stdio the end of the input does.
  process.once('disconnect', () => process.exit(stopped ? 0 : 1));
  connection.listen();
}
