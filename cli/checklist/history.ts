import { diskHost } from '#host/disk.ts';
import { createText, replaceText } from '#host/writeText.ts';
import { HISTORY_FILE, type HistoryRecord, readHistory, withRecord } from '#report/history.ts';

export interface PastRuns {
  /** Oldest first, the added one among them. */
  readonly records: readonly HistoryRecord[];
  /** What is wrong with the file, as lines for people. */
  readonly mistakes: readonly string[];
}

/** Reads the runs that a project recorded, and adds one if asked. Lines with mistakes stay in the file. */
export function history(root: string, { add }: { readonly add: HistoryRecord | false }): PastRuns {
  const path = `${root}/${HISTORY_FILE}`;
  const before = diskHost.readText(path);
  const after = add === false ? before : withRecord(before, add);
  const { records, problems } = readHistory(after);
  const mistakes = problems.map(({ line, message }) => `${HISTORY_FILE}:${line}:1: ${message}`);
  if (after === before || after === undefined) return { records, mistakes };
  const problem = before === undefined ? createText(path, after) : replaceText(path, before, after);
  if (problem === undefined) return { records, mistakes };
  return { records, mistakes: [...mistakes, `${HISTORY_FILE} was not written because ${problem.reason}.`] };
}
