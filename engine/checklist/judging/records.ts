import { z } from 'zod';
import { type LineProblem, readJsonLines } from '../../formats/jsonLines.ts';
import type { JudgedDocument } from '../view.ts';

/** Name of the committed file at the root of a workspace that remembers what was once verified. */
export const RECORD_FILE = 'airworthy.lock';

/** Characters above which the file is not read: no team has a million promises. */
const MAX_SIZE = 16 * 1024 * 1024;

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
  readonly problems: readonly LineProblem[];
}

export const noRecords: Records = { byItem: new Map(), problems: [] };

/** Reads the record file; lines that are wrong are told about and left out. Never throws. */
export function readRecords(text: string | undefined): Records {
  const { values, problems } = readJsonLines(text, record, { maxSize: MAX_SIZE });
  const byItem = new Map<string, Map<string, string>>();
  for (const { item, rule, commit } of values) {
    const rules = byItem.get(item) ?? new Map<string, string>();
    byItem.set(item, rules.set(rule, commit));
  }
  return { byItem, problems };
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
