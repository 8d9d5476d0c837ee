import type { ChecklistDocument, ChecklistItem, ProgressBar } from '#api';

/** How many of a set of items are done. */
export interface Count {
  readonly done: number;
  readonly total: number;
}

/**
 * Ways to count what a bar sums, the likeliest first: the items that have no parts, all items, the outermost ones. A bar that
 * is right in any of them is right. Empty when it does not show what the bar sums.
 */
export function countsFor(bar: ProgressBar, { sections, items }: ChecklistDocument): readonly Count[] {
  const { sums } = bar;
  if (sums === undefined) return [];
  const parents = new Map(sections.map(({ id, parent }) => [id, parent]));
  const isSummed = ({ section }: ChecklistItem): boolean => {
    if (sums.kind === 'document') return true;
    for (let id = section; id !== undefined; id = parents.get(id)) if (sums.ids.includes(id)) return true;
    return false;
  };
  const summed = items.filter((item) => item.aside === undefined && item.status !== 'dropped' && isSummed(item));
  const withParts = new Set(summed.map(({ parent }) => parent));
  const ways = [
    summed.filter(({ id }) => !withParts.has(id)),
    summed,
    summed.filter(({ parent }) => !summed.some(({ id }) => id === parent)),
  ];
  return ways
    .filter((way) => way.length > 0)
    .map((way) => ({ done: way.filter(({ status }) => status === 'done').length, total: way.length }));
}

/** Whether a bar says what was counted, as exactly as it is written. */
export function isRight(bar: ProgressBar, { done, total }: Count): boolean {
  if (bar.total !== undefined && (bar.total !== total || bar.done !== done)) return false;
  if (bar.percent === undefined) return bar.total !== undefined || bar.done === undefined;
  // Who writes 40 % may mean 37: people round to fives and tens.
  const grain = bar.percent % 10 === 0 ? 10 : bar.percent % 5 === 0 ? 5 : 1;
  const exact = (done / total) * 100;
  if ((bar.percent === 100) !== (done === total) || (bar.percent === 0 && done > 0)) return false;
  return Math.abs(exact - bar.percent) <= Math.max(1, grain / 2);
}

/** Share of what was counted in whole percent; 100 only when all is done. */
export function percentOf({ done, total }: Count): number {
  return done === total ? 100 : Math.min(99, Math.round((done / total) * 100));
}
