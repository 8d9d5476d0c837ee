import type { Priority } from '#engine/api/finding.ts';
import type { ReportedFinding } from '../report.ts';

/** By path, place and rule, independent of the machine's language. */
export function compareFindings(a: ReportedFinding, b: ReportedFinding): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many findings there are of each priority. */
export function countByPriority(findings: readonly ReportedFinding[]): Readonly<Record<Priority, number>> {
  const counts = { P0: 0, P1: 0, P2: 0, P3: 0 };
  for (const { priority } of findings) counts[priority]++;
  return counts;
}
