import {
  commands,
  type Disposable,
  ShellExecution,
  Task,
  type TaskExecution,
  TaskRevealKind,
  TaskScope,
  tasks,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { ChecklistGateResult, ChecklistItemDetails } from '#protocol/checklist.ts';
import { gitCommit } from './gitCommit.ts';

/** Milliseconds after which a gate is ended: a build may be slow, a hanging one must not count as running for ever. */
const LIMIT = 10 * 60_000;

type Outcome = Omit<ChecklistGateResult, 'commit'>;

/** Commands that the user said yes to since the window was opened. */
const approved = new Set<string>();

/**
 * Runs the command of an item's gate as a task, in a terminal that the user sees. Only on request, only in a trusted
 * workspace, and the first time only after the command was shown: a checklist is a text that anybody may have written.
 * Answers how it ended; `undefined` when it was not run.
 */
export async function runGate({ title, gate, folder }: ChecklistItemDetails): Promise<ChecklistGateResult | undefined> {
  const command = gate?.command ?? null;
  if (command === null) {
    void window.showInformationMessage(
      gate === null
        ? 'This item has no gate. Write one below it: “Gate: `npm run build`”.'
        : `This gate is described and has no command: ${gate.expected}`,
    );
    return undefined;
  }
  if (!workspace.isTrusted) {
    void explainTrust();
    return undefined;
  }
  if (!(await approve(command, folder))) return undefined;
  const cwd = Uri.parse(folder, true);
  const task = new Task(
    { type: 'airworthy-gate', command },
    workspace.getWorkspaceFolder(cwd) ?? TaskScope.Workspace,
    `Gate: ${title}`,
    'Airworthy',
    new ShellExecution(command, { cwd: cwd.fsPath }),
  );
  task.presentationOptions = { reveal: TaskRevealKind.Always, clear: true };
  // Before it runs: it may write files, and is about those that were there.
  const commit = await gitCommit(folder);
  return { ...(await outcome(task, command)), commit };
}

async function explainTrust(): Promise<void> {
  const manage = 'Manage Workspace Trust';
  const answer = await window.showWarningMessage(
    'Gates run commands of the workspace, so they are off in restricted mode.',
    manage,
  );
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
}

async function approve(command: string, folder: string): Promise<boolean> {
  if (approved.has(command)) return true;
  const run = 'Run';
  const detail = `${command}\n\nin ${Uri.parse(folder, true).fsPath}`;
  const answer = await window.showInformationMessage('Run the command of this gate?', { modal: true, detail }, run);
  if (answer !== run) return false;
  approved.add(command);
  return true;
}

/** Starts a task and waits until its process ends, or its time is over. */
async function outcome(task: Task, command: string): Promise<Outcome> {
  const result = (exitCode: number | null, problem: string): Outcome => ({
    command,
    exitCode,
    problem,
    at: new Date().toISOString(),
  });
  const listeners: Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      let running: TaskExecution | undefined;
      const isOurs = (execution: TaskExecution): boolean => execution === running || execution.task === task;
      listeners.push(
        tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
          if (!isOurs(execution)) return;
          resolve(exitCode === undefined ? result(null, 'It was ended before it was through.') : result(exitCode, ''));
        }),
      );
      timer = setTimeout(() => {
        running?.terminate();
        resolve(result(null, `It was ended after ${LIMIT / 60_000} minutes.`));
      }, LIMIT);
      tasks.executeTask(task).then((execution) => {
        running = execution;
      }, reject);
    });
  } catch (error) {
    return result(null, `It could not be started: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
    for (const listener of listeners) listener.dispose();
  }
}
