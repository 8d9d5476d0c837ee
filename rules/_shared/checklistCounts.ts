import type { ChecklistDocument, ChecklistItem, ProgressBar } from '#api';
import { countPhases } from './phaseCount.ts';

/** How many of a set of things are done. */
export interface Count {
  readonly done: number;
  readonly total: number;
  /** Those that are not done, in text order; empty where phases were counted. */
  readonly open: readonly ChecklistItem[];
}

/**
 * Ways to count what a claim sums, the likeliest first: the items that have no parts, all items, the outermost ones. A claim
 * that is right in any of them is right. Empty when it does not show what the claim sums.
 */
export function countsFor(bar: ProgressBar, document: ChecklistDocument): readonly Count[] {
  if (bar.unit === 'phases') return countPhases(bar, document);
  const { sections, items } = document;
  const { sums } = bar;
  if (sums === undefined) return [];
  const parents = new Map(sections.map(({ id, parent }) => [id, parent]));
  const isSummed = ({ section }: ChecklistItem): boolean => {
    if (sums.kind === 'document') return true;
    for (let id = section; id !== undefined; id = parents.get(id)) if (sums.ids.includes(id)) return true;
    return false;
  };
  const summed = items.filter((item) => item.aside === undefined && item.status !== 'dropped' && isSummed(item));
  // Lists of what there is, each with a ✅, do not say how much there is to do.
  const shown = summed.filter(({ form, status }) => form === 'marked' && status === 'done').length;
  if (shown * 2 > summed.length) return [];
  const withParts = new Set(summed.map(({ parent }) => parent));
  const ways = [
    summed.filter(({ id }) => !withParts.has(id)),
    summed,
    summed.filter(({ parent }) => !summed.some(({ id }) => id === parent)),
  ];
  return ways
    .filter((way) => way.length > 0)
    .map((way) => {
      const open = way.filter(({ status }) => status !== 'done');
      return { done: way.length - open.length, total: way.length, open };
    });
}
