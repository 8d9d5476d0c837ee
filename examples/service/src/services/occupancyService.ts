import { labels, mean, median, percentile } from '../lib/statistics';
import type { Booking } from './bookingService';

export interface OccupancyReport {
  busiestBerths: number[];
  piers: string[];
  meanNights: number;
  medianNights: number;
  longStay: number;
}

interface BerthRef {
  pier: string;
  number: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function buildReport(stays: readonly (Booking & { berth: BerthRef })[]): OccupancyReport {
  const perBerth = new Map<number, number>();
  const durations: number[] = [];
  for (const stay of stays) {
    perBerth.set(stay.berth.number, (perBerth.get(stay.berth.number) ?? 0) + 1);
    durations.push(Math.round((stay.leavesAt.getTime() - stay.arrivesAt.getTime()) / DAY_MS));
  }
  const threshold = mean([...perBerth.values()]);
  const busiestBerths = [...perBerth].filter(([, count]) => count >= threshold).map(([number]) => number);
  return {
    busiestBerths: busiestBerths.sort(),
    piers: labels(stays.map((stay) => stay.berth.pier)),
    meanNights: mean(durations),
    medianNights: median(durations),
    longStay: percentile(durations, 0.9),
  };
}
