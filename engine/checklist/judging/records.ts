import { z } from 'zod';
import type { JudgedDocument, RecordProblem } from '../view.ts';

/** Name of the committed file at the root of a workspace that remembers what was once verified. */
export const RECORD_FILE = 'airworthy.lock';

/** Characters above which the file is not read: no team has a million promises. */
const MAX_SIZE = 16 * 1024 * 1024;
const MAX_PROBLEMS = 20;

const record = z.strictObject({
  item: z.string().min(1).max(4096),
  rule: z.string().regex(/^[a-z][\w-]*\/[\w-]+$/),
  commit: z.string().regex(/^[0-9a-f]{0,64}$/),
});

/** That a rule had nothing to say against an item at a commit (`''` when there was none). */
export type VerifiedRecord = z.output<typeof record>;

/** What was once verified: commits by rule by item key. */
export interface Records {
  readonly byItem: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly problems: readonly RecordProblem[];
}

export const noRecords: Records = { byItem: new Map(), problems: [] };

/**
 * Reads the record file: one JSON object in each line. Lines that are wrong are told about and left out. Never throws.
 * Two branches that both add lines merge as text; where git asks, keeping both sides is right.
 */
export function readRecords(text: string | undefined): Records {
  if (text === undefined) return noRecords;
  if (text.length > MAX_SIZE) {
    const message = `The file is larger than ${MAX_SIZE / 1024 / 1024} MB and was not read.`;
    return { byItem: new Map(), problems: [{ line: 1, message }] };
  }
  const byItem = new Map<string, Map<string, string>>();
  const problems: RecordProblem[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') {
      if (problems.length < MAX_PROBLEMS) problems.push({ line: index + 1, message: read });
      continue;
    }
    const rules = byItem.get(read.item) ?? new Map<string, string>();
    byItem.set(read.item, rules.set(read.rule, read.commit));
  }
  return { byItem, problems };
}

function readLine(line: string): VerifiedRecord | string {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line)) return 'A merge was left unfinished here. Keep the lines of both sides.';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'This line is not JSON. Mend it or delete it.';
  }
  const result = record.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `This line is not a record: ${issue?.path.join('.') || 'it'} is wrong (${issue?.message}).`;
}

/** Writes records, sorted, so that the same promises give the same text on every machine. */
export function writeRecords(records: Iterable<VerifiedRecord>): string {
  const lines = [...records].map(({ item, rule, commit }) => JSON.stringify({ item, rule, commit }));
  return lines.length === 0 ? '' : `${lines.sort().join('\n')}\n`;
}

/**
 * What to remember now. A verified item is added for each rule that spoke for it, and keeps the commit it was first recorded
 * at. A ticked item keeps what it has while it is not verified: that is what makes it a regression. An item that was unticked,
 * dropped or removed withdraws its promise.
 */
export function nextRecords(
  documents: readonly JudgedDocument[],
  before: Records,
  commit: string,
): readonly VerifiedRecord[] {
  return documents.flatMap(({ items }) =>
    items.flatMap(({ key, item, verdict, evidence }): readonly VerifiedRecord[] => {
      if (item.status !== 'done') return [];
      const known = before.byItem.get(key);
      const deciding = evidence.filter(({ kind }) => kind !== 'related');
      return deciding.flatMap(({ rule, state }) => {
        const recorded = known?.get(rule);
        if (recorded !== undefined) return [{ item: key, rule, commit: recorded }];
        return verdict === 'verified' && state === 'clean' ? [{ item: key, rule, commit }] : [];
      });
    }),
  );
}
