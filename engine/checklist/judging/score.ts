import type { ChecklistScore, JudgedItem, Verdict } from '../view.ts';

const VERDICTS: readonly Verdict[] = [
  'verified',
  'contradicted',
  'open',
  'satisfied',
  'regressed',
  'not-applicable',
  'not-checkable',
  'waived',
  'expired',
];

/** Verdicts that the percentage is about; true for those that count as proven. */
const COUNTED: ReadonlyMap<Verdict, boolean> = new Map([
  ['verified', true],
  ['satisfied', true],
  ['open', false],
  ['contradicted', false],
  ['regressed', false],
  ['expired', false],
]);

/** Adds up items. Those that are no promise take no part. */
export function scoreOf(items: readonly JudgedItem[]): ChecklistScore {
  const verdicts = none();
  let blockers = 0;
  let total = 0;
  for (const { item, verdict, blocker } of items) {
    if (item.aside !== undefined) continue;
    total++;
    verdicts[verdict]++;
    if (blocker) blockers++;
  }
  return finish(total, verdicts, blockers);
}

/** Adds up scores. */
export function sumOfScores(scores: readonly ChecklistScore[]): ChecklistScore {
  const verdicts = none();
  for (const score of scores) for (const verdict of VERDICTS) verdicts[verdict] += score.verdicts[verdict];
  const sum = (of: (score: ChecklistScore) => number) => scores.reduce((total, score) => total + of(score), 0);
  return finish(
    sum(({ items }) => items),
    verdicts,
    sum(({ blockers }) => blockers),
  );
}

function none(): Record<Verdict, number> {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
}

function finish(items: number, verdicts: Record<Verdict, number>, blockers: number): ChecklistScore {
  let counted = 0;
  let proven = 0;
  for (const [verdict, isProven] of COUNTED) {
    counted += verdicts[verdict];
    if (isProven) proven += verdicts[verdict];
  }
  const percent = counted === 0 ? undefined : Math.floor((proven / counted) * 100);
  return { items, verdicts, blockers, counted, proven, percent };
}
