import type { JudgedItem } from '#engine/checklist/view.ts';
import type { ChecklistFilter, ChecklistOrder } from '#protocol/checklist.ts';
import { verdicts } from '#protocol/verdicts.ts';
import { asArray, asObject } from '../convert/fromLsp.ts';
import { priorityGroups } from './nodeIds.ts';

export interface ItemFilter {
  /** The same for filters that let the same items pass. */
  readonly key: string;
  passes(judged: JudgedItem): boolean;
}

/** What a filter lets pass; `undefined` when that is everything. Parts that are malformed do not restrict. */
export function itemFilter(filter: unknown): ItemFilter | undefined {
  const object = asObject(filter) as { readonly [K in keyof ChecklistFilter]: unknown } | undefined;
  const wantedPriorities = priorityGroups.filter((priority) => asArray(object?.priorities).includes(priority));
  const wantedVerdicts = verdicts.filter((verdict) => asArray(object?.verdicts).includes(verdict));
  const text = typeof object?.text === 'string' ? object.text : '';
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wantedPriorities.length === 0 && wantedVerdicts.length === 0 && words.length === 0) return undefined;
  return {
    key: JSON.stringify([wantedPriorities, wantedVerdicts, words]),
    passes: (judged) =>
      (wantedPriorities.length === 0 || wantedPriorities.includes(judged.priority ?? 'none')) &&
      (wantedVerdicts.length === 0 || wantedVerdicts.includes(judged.verdict)) &&
      (words.length === 0 || hasAll(judged, words)),
  };
}

function hasAll({ item, evidence, path }: JudgedItem, words: readonly string[]): boolean {
  const text = [
    item.title,
    item.detail,
    ...item.sectionPath,
    ...evidence.map(({ rule }) => rule),
    ...item.references.map((reference) => reference.path),
    path,
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

const byVerdict = new Map(verdicts.map((verdict, index) => [verdict, index]));

/** The place of an item in an order; lower comes first. Blockers lead where it is about urgency. */
export function itemRank({ verdict, priority, blocker }: JudgedItem, order: ChecklistOrder): number {
  if (order === 'text') return 0;
  const urgency = priorityGroups.indexOf(priority ?? 'none');
  const need = byVerdict.get(verdict) ?? 0;
  const rank = order === 'priority' ? urgency * 10 + need : need * 10 + urgency;
  return blocker ? rank - 100 : rank;
}
