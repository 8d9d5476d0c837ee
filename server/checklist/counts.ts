import { scoreOf, sumOfScores } from '#engine/checklist/judging/score.ts';
import type { ChecklistScore, ChecklistView, JudgedItem } from '#engine/checklist/view.ts';
import type { ChecklistCounts, ChecklistSummary } from '#protocol/checklist.ts';

/** Counts items as the score of a document does. */
export function countItems(items: readonly JudgedItem[]): ChecklistCounts {
  return countsOfScore(scoreOf(items));
}

export function countsOfScore({ items, counted, proven, blockers, verdicts }: ChecklistScore): ChecklistCounts {
  return { items, counted, proven, blockers, broken: verdicts.contradicted + verdicts.regressed + verdicts.expired };
}

export const noCounts: ChecklistCounts = { items: 0, counted: 0, proven: 0, blockers: 0, broken: 0 };

/** Counts of two sets of items that have none in common. */
export function addCounts(a: ChecklistCounts, b: ChecklistCounts): ChecklistCounts {
  return {
    items: a.items + b.items,
    counted: a.counted + b.counted,
    proven: a.proven + b.proven,
    blockers: a.blockers + b.blockers,
    broken: a.broken + b.broken,
  };
}

/** One summary of several workspace folders. */
export function sumUp(views: readonly ChecklistView[]): ChecklistSummary {
  const { items, counted, proven, percent, blockers, verdicts } = sumOfScores(views.map(({ summary }) => summary));
  const complete = views.every((view) => view.complete);
  return { items, counted, proven, percent: percent ?? null, blockers, verdicts, complete };
}
