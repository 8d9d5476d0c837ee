import type { ProgressBar } from '#api';
import type { Count } from '../../_shared/checklistCounts.ts';

/**
 * Whether a claim may be about what was counted. Another number of boxes than theirs counts something else; so may a
 * percentage in words, which people guess, unless it says that all is done.
 */
export function isAbout(bar: ProgressBar, { total }: Count): boolean {
  return bar.total === undefined ? bar.blocksSpan !== undefined || bar.percent === 100 : bar.total === total;
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
export function percentOf({ done, total }: Pick<Count, 'done' | 'total'>): number {
  return done === total ? 100 : Math.min(99, Math.round((done / total) * 100));
}
