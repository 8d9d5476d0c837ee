import { setImmediate } from 'node:timers/promises';
import { commands, type ExtensionContext, window } from 'vscode';
import { restartCommand, type Status } from '#protocol/messages.ts';
import { ChecklistConnection } from './checklist/connection.ts';
import { registerChecklist } from './checklist/register.ts';
import { ReadinessItem } from './checklist/statusBar.ts';
import type { ChecklistTree } from './checklist/tree.ts';
import { registerOpenRulePage } from './commands/openRulePage.ts';
import { registerShowOutput } from './commands/showOutput.ts';
import { registerSuppress } from './commands/suppress.ts';
import { documentSelector, onServerSettings } from './config.ts';
import { registerFindings } from './findings/view.ts';
import type { Server } from './languageClient.ts';
import { registerOpenReport } from './report.ts';
import { StatusItem } from './status.ts';

/** What `activate` returns to other extensions. */
export interface Airworthy {
  /** Settles when the server has been started once, well or not. */
  readonly started: Promise<void>;
  /** The server's last report; `undefined` while it is not running. */
  readonly status: Status | undefined;
  readonly serverPid: number | undefined;
  /** True while the server is off and will not be started by itself: it died too often. */
  readonly stopped: boolean;
  /** What the view *Checklist* shows. */
  readonly checklist: ChecklistTree;
}

let server: Server | undefined;

/** Registers commands and status and returns; the server starts in its own time. */
export function activate(context: ExtensionContext): Airworthy {
  const output = window.createOutputChannel('Airworthy', { log: true });
  const status = new StatusItem(documentSelector);

  async function load(): Promise<Server> {
    // The client library is most of the code. Evaluated a turn later, it does not hold up the editor's start.
    await setImmediate();
    const languageClient = await import('./languageClient.ts');
    server = new languageClient.Server(context, output, { status, checklists });
    return server;
  }
  const loading = load();
  const checklists = new ChecklistConnection(loading);
  const checklist = registerChecklist(context, checklists);
  const readiness = new ReadinessItem();
  const restart = async () => (await loading).restart();

  context.subscriptions.push(
    output,
    status,
    commands.registerCommand(restartCommand, restart),
    registerShowOutput(output),
    registerOpenRulePage(async (rule) => (await loading).explain(rule)),
    registerSuppress(),
    registerOpenReport(String(context.extension.packageJSON.version), async (method, params) =>
      (await loading).request(method, params),
    ),
    onServerSettings(restart),
    checklists,
    checklist.disposable,
    registerFindings(context.workspaceState),
    readiness,
    status.onDidChange((report) => readiness.update(report)),
  );
  return {
    started: loading.then((loaded) => loaded.start()),
    get status() {
      return status.last;
    },
    get serverPid() {
      return server?.pid;
    },
    get stopped() {
      return status.isStopped;
    },
    checklist: checklist.tree,
  };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
