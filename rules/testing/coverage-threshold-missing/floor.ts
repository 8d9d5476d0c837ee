import { METRICS, type Metric } from './thresholds.ts';

/** Least percentages by metric, from the rule's options. */
export type Floor = Readonly<Record<Metric, number>>;

/** Thresholds below the floor. Negative ones count uncovered places, whose share cannot be told. */
export function lowIn<T extends { readonly metric: Metric; readonly value: number }>(
  thresholds: readonly T[],
  floor: Floor,
): readonly T[] {
  return thresholds.filter(({ metric, value }) => value >= 0 && value < floor[metric]);
}

/** `80 % (branches 75 %)`: the floor of lines, and metrics that differ from it. */
export function writtenFloor(floor: Floor): string {
  const others = METRICS.filter((metric) => floor[metric] !== floor.lines).map(
    (metric) => `${metric} ${floor[metric]} %`,
  );
  return `${floor.lines} %${others.length === 0 ? '' : ` (${others.join(', ')})`}`;
}
