import { RECORD_FILE } from '#engine/checklist/judging/records.ts';
import type { ChecklistView, JudgedItem } from '#engine/checklist/view.ts';
import { diskHost } from '#host/disk.ts';
import { createText, replaceText } from '#host/writeText.ts';
import { analyze } from '../check/analyze.ts';
import type { OpenProject } from '../check/openProject.ts';
import type { Progress } from '../progress.ts';
import { CHANGED, checkedOut } from './checkedOut.ts';
import { runGate } from './runGate.ts';

export interface JudgeOptions {
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Milliseconds that each gate may take; `undefined` runs none. */
  readonly gateTimeout: number | undefined;
  readonly record: boolean;
  /** Tells which command is about to run. */
  onGate(command: string): void;
}

/** A project's checklists after everything that was asked for was done. */
export interface Judged {
  readonly view: ChecklistView;
  /** Why the record file was not written, as a sentence; `undefined` when it was, or nobody asked. */
  readonly notRecorded: string | undefined;
  /** What whoever records has to know, as a sentence. */
  readonly recordNote: string | undefined;
}

/** Analyses a project, judges its checklists, and runs gates and writes the record if asked. */
export async function judge(project: OpenProject, options: JudgeOptions): Promise<Judged> {
  const { workspace, root } = project;
  const { signal, progress } = options;
  await analyze(project, signal, progress);
  // Before the gates: they may write files, and are about those that were there.
  const { commit, isChanged } =
    options.record || options.gateTimeout !== undefined ? await checkedOut(root) : { commit: '', isChanged: false };
  if (options.gateTimeout !== undefined) {
    for (const [command, keys] of gatesOf(workspace.checklist())) {
      signal.throwIfAborted();
      progress.clear();
      options.onGate(command);
      const result = await runGate(command, { cwd: root, timeoutMs: options.gateTimeout, commit, signal });
      for (const key of keys) workspace.setGateResult(key, result);
    }
    await analyze(project, signal, progress);
  }
  const notRecorded = options.record ? writeRecord(root, workspace.recordedChecklist(commit)) : undefined;
  return { view: workspace.checklist(), notRecorded, recordNote: options.record && isChanged ? CHANGED : undefined };
}

/** Commands of the gates that count, each once, with the items that wait for it. */
function gatesOf({ documents }: ChecklistView): ReadonlyMap<string, readonly string[]> {
  const gates = new Map<string, string[]>();
  const waits = ({ item }: JudgedItem) => item.status !== 'dropped' && item.aside === undefined;
  for (const { items, counted } of documents) {
    if (!counted) continue;
    for (const judged of items) {
      const command = judged.item.gate?.command;
      if (command === undefined || !waits(judged)) continue;
      gates.set(command, [...(gates.get(command) ?? []), judged.key]);
    }
  }
  return gates;
}

function writeRecord(root: string, text: string | undefined): string | undefined {
  if (text === undefined) return `${RECORD_FILE} has mistakes, and writing it anew would lose what they said.`;
  const path = `${root}/${RECORD_FILE}`;
  const before = diskHost.readText(path);
  if (before === text || (before === undefined && text === '')) return undefined;
  const problem = before === undefined ? createText(path, text) : replaceText(path, before, text);
  return problem === undefined ? undefined : `${RECORD_FILE} was not written because ${problem.reason}.`;
}
