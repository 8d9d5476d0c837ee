import { commands, type ExtensionContext, window } from 'vscode';
import { restartCommand, type Status } from '#protocol/messages.ts';
import { registerOpenRulePage } from './commands/openRulePage.ts';
import { registerShowOutput } from './commands/showOutput.ts';
import { registerSuppress } from './commands/suppress.ts';
import { documentSelector, onServerSettings } from './config.ts';
import { Server } from './languageClient.ts';
import { StatusItem } from './status.ts';

/** What `activate` returns to other extensions. */
export interface Airworthy {
  /** Settles when the server has been started once, well or not. */
  readonly started: Promise<void>;
  /** The server's last report; `undefined` while it is not running. */
  readonly status: Status | undefined;
  readonly serverPid: number | undefined;
}

let server: Server | undefined;

/** Registers commands and status and returns; the server starts in its own time. */
export function activate(context: ExtensionContext): Airworthy {
  const output = window.createOutputChannel('Airworthy', { log: true });
  const status = new StatusItem(documentSelector);
  const current = new Server(context, output, status);
  server = current;
  const restart = () => current.restart();
  context.subscriptions.push(
    output,
    status,
    commands.registerCommand(restartCommand, restart),
    registerShowOutput(output),
    registerOpenRulePage((rule) => current.explain(rule)),
    registerSuppress(),
    onServerSettings(restart),
  );
  const started = current.start();
  return {
    started,
    get status() {
      return status.last;
    },
    get serverPid() {
      return current.pid;
    },
  };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
