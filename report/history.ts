import { z } from 'zod';
import type { Priority } from '#engine/api/finding.ts';
import { type LineProblem, readJsonLines } from '#engine/formats/jsonLines.ts';

/** Name of the committed file at the root of a workspace that holds a line for each recorded run. */
export const HISTORY_FILE = 'airworthy-history.jsonl';

/** Characters above which the file is not read: a hundred runs a day for ten years take less. */
const MAX_SIZE = 64 * 1024 * 1024;

const count = z.number().int().min(0).max(1e9);

const record = z.object({
  at: z.iso.datetime({ offset: true }),
  commit: z.string().regex(/^[0-9a-f]{0,64}$/),
  findings: z.object({ P0: count, P1: count, P2: count, P3: count }),
  blockers: count,
  counted: count,
  proven: count,
  percent: z.number().int().min(0).max(100).nullable(),
});

/** One run: how many findings of each priority there were, and how far the checklists had come. */
export interface HistoryRecord {
  /** ISO 8601. */
  readonly at: string;
  /** `''` when unknown. */
  readonly commit: string;
  readonly findings: Readonly<Record<Priority, number>>;
  readonly blockers: number;
  /** Items that can be checked, and those of them that are proven. */
  readonly counted: number;
  readonly proven: number;
  /** `null` when there was nothing to check. */
  readonly percent: number | null;
}

export interface History {
  /** Oldest first; a run that is there twice, as after a merge, once. */
  readonly records: readonly HistoryRecord[];
  readonly problems: readonly LineProblem[];
}

/**
 * Reads the history: one JSON object in each line, in any order, so that lines added on two branches merge by keeping both.
 * Lines that are wrong are told about and left out; fields that a later version added are ignored. Never throws.
 */
export function readHistory(text: string | undefined): History {
  const { values, problems, untoldFrom } = readJsonLines(text, record, { maxSize: MAX_SIZE });
  const records = new Map(values.map((value) => [historyLine(value), value]));
  const rest = untoldFrom === undefined ? [] : [{ line: untoldFrom, message: 'More lines are wrong from here on.' }];
  return {
    records: [...records.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    problems: [...problems, ...rest],
  };
}

/** A record as its line is written, without the line end. */
export function historyLine({ at, commit, findings, blockers, counted, proven, percent }: HistoryRecord): string {
  const { P0, P1, P2, P3 } = findings;
  return JSON.stringify({ at, commit, findings: { P0, P1, P2, P3 }, blockers, counted, proven, percent });
}

/** The history with one more line. What is there stays as it is, and ends in a line end before the new line follows. */
export function withRecord(text: string | undefined, added: HistoryRecord): string {
  const before = text ?? '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${historyLine(added)}\n`;
}
