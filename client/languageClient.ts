import { CancellationTokenSource, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type NodeModule,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { type ChecklistChanged, type ChecklistEditResult, checklistChangedNotification } from '#protocol/checklist.ts';
import {
  type ExplainRuleParams,
  type ExplainRuleResult,
  explainRuleRequest,
  openRulePageCommand,
  type Status,
  statusNotification,
} from '#protocol/messages.ts';
import { handleApplyEdit } from './applyEdits.ts';
import type { ChecklistConnection } from './checklist/connection.ts';
import { documentSelector, initializationOptions, serverMemory } from './config.ts';
import { Recovery } from './recovery.ts';
import type { StatusItem } from './status.ts';

/** Of edits: they are applied or not, and take no time. */
const never = new CancellationTokenSource().token;

/** Who is told what the server says by itself. */
export interface ServerListeners {
  readonly status: StatusItem;
  readonly checklists: ChecklistConnection;
}

/** The language server's process and the connection to it, kept alive. */
export class Server {
  readonly #client: LanguageClient;
  readonly #recovery = new Recovery();
  readonly #output: LogOutputChannel;
  readonly #status: StatusItem;

  constructor(context: ExtensionContext, output: LogOutputChannel, { status, checklists }: ServerListeners) {
    this.#output = output;
    this.#status = status;
    const program = (execArgv: readonly string[]): NodeModule => ({
      module: context.asAbsolutePath('dist/server.cjs'),
      transport: TransportKind.ipc,
      // Read at every start, so that a restart takes up a changed limit. The folder keeps the process out of the workspace.
      get options() {
        return { cwd: context.extensionPath, execArgv: [`--max-old-space-size=${serverMemory()}`, ...execArgv] };
      },
    });
    this.#client = new LanguageClient(
      'airworthy',
      'Airworthy',
      { run: program([]), debug: program(['--nolazy', '--inspect=6019']) },
      {
        documentSelector,
        diagnosticCollectionName: 'airworthy',
        outputChannel: output,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: () => initializationOptions(context.storageUri),
        errorHandler: this.#errorHandler(),
        markdown: { isTrusted: { enabledCommands: [openRulePageCommand] } },
        middleware: {
          workspace: { handleApplyEdit: (params, next) => handleApplyEdit(params, (rest) => next(rest, never)) },
          executeCommand: async (command, args, next) => sayWhyNot(await next(command, args)),
        },
      },
    );
    this.#client.onNotification(statusNotification, (report: Status) => status.update(report));
    this.#client.onNotification(checklistChangedNotification, (news: ChecklistChanged) => checklists.changed(news));
    this.#client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) checklists.started();
    });
  }

  /** Process id of the running server. */
  get pid(): number | undefined {
    return this.#client.serverProcess?.pid;
  }

  /** Starts the server; a failure is shown, never thrown. */
  async start(): Promise<void> {
    this.#status.starting();
    try {
      await this.#client.start();
    } catch (error) {
      this.#output.error(`The server did not start: ${error}`);
      if (this.#client.state !== State.Starting) this.#status.stopped('It did not start; see the output.');
    }
  }

  async restart(): Promise<void> {
    if (this.#recovery.hurry()) return;
    if (this.#client.state === State.Starting) {
      // It hangs before it can be asked to stop. The error handler starts the next one.
      this.#client.serverProcess?.kill('SIGKILL');
      return;
    }
    await this.stop();
    await this.start();
  }

  /** Asks the server to end; after two seconds it is ended. */
  async stop(): Promise<void> {
    try {
      await this.#client.stop();
    } catch (error) {
      this.#output.warn(`The server did not stop in time: ${error}`);
    }
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.#client.sendRequest<R>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.#client.sendNotification(method, params);
  }

  /** The page of a rule; `null` for an unknown one. */
  async explain(rule: string): Promise<ExplainRuleResult | null> {
    const params: ExplainRuleParams = { rule };
    return await this.#client.sendRequest(explainRuleRequest, params);
  }

  #errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        this.#status.starting();
        const delay = this.#recovery.crashed(Date.now());
        if (delay === undefined) {
          this.#status.stopped('It ended five times within three minutes.');
          void this.#tellThatItEnded();
          return { action: CloseAction.DoNotRestart, handled: true };
        }
        this.#output.warn(`The server ended unexpectedly; starting it again in ${delay / 1000} s.`);
        await this.#recovery.wait(delay);
        return { action: CloseAction.Restart, handled: true };
      },
    };
  }

  async #tellThatItEnded(): Promise<void> {
    const restart = 'Restart';
    const show = 'Show Output';
    const answer = await window.showErrorMessage(
      'Airworthy ended five times within three minutes and stays off. The output says why; restart it when the cause is gone.',
      restart,
      show,
    );
    if (answer === restart) await this.restart();
    if (answer === show) this.#output.show();
  }
}

/** Shows why a command of the server, run from a lens, wrote nothing. */
function sayWhyNot(result: unknown): unknown {
  const { applied, reason } = (result ?? {}) as Partial<ChecklistEditResult>;
  if (applied === false && reason) void window.showWarningMessage(reason);
  return result;
}
