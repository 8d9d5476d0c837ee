import { type ExtensionContext, type LogOutputChannel, window } from 'vscode';
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
import {
  type ExplainRuleParams,
  type ExplainRuleResult,
  explainRuleRequest,
  openRulePageCommand,
  type Status,
  statusNotification,
} from '#protocol/messages.ts';
import { documentSelector, initializationOptions, serverMemory } from './config.ts';
import { Recovery } from './recovery.ts';
import type { StatusItem } from './status.ts';

/** The language server's process and the connection to it, kept alive. */
export class Server {
  readonly #client: LanguageClient;
  readonly #recovery = new Recovery();
  readonly #output: LogOutputChannel;
  readonly #status: StatusItem;

  constructor(context: ExtensionContext, output: LogOutputChannel, status: StatusItem) {
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
        initializationOptions,
        errorHandler: this.#errorHandler(),
        markdown: { isTrusted: { enabledCommands: [openRulePageCommand] } },
      },
    );
    this.#client.onNotification(statusNotification, (report: Status) => status.update(report));
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
