import type { Priority } from '#protocol/checklist.ts';

/** A finding as the Problems panel knows it. */
export interface ShownFinding {
  readonly uri: string;
  /** Relative to the workspace. */
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  readonly character: number;
  readonly rule: string;
  readonly message: string;
  readonly priority: Priority;
}

export type FindingGrouping = 'priority' | 'rule' | 'file';

/** Findings that have something in common. */
export interface FindingGroup {
  /** Stays the same while findings come and go. */
  readonly id: string;
  readonly label: string;
  /** The most urgent priority in it. */
  readonly priority: Priority;
  /** By file and place. */
  readonly findings: readonly ShownFinding[];
}

const priorityLabels: Readonly<Record<Priority, string>> = {
  P0: 'P0 · Critical',
  P1: 'P1 · High',
  P2: 'P2 · Medium',
  P3: 'P3 · Low',
};

/** Groups findings; the most urgent groups come first, then the larger ones of a rule, then by name. */
export function groupFindings(findings: readonly ShownFinding[], by: FindingGrouping): readonly FindingGroup[] {
  const lists = new Map<string, ShownFinding[]>();
  for (const finding of findings) {
    const key = by === 'priority' ? finding.priority : by === 'rule' ? finding.rule : finding.path;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [finding]);
    else list.push(finding);
  }
  return [...lists]
    .map(([key, list]): FindingGroup => {
      const priority = list.reduce<Priority>(
        (least, finding) => (finding.priority < least ? finding.priority : least),
        'P3',
      );
      return {
        id: `${by}:${key}`,
        label: by === 'priority' ? priorityLabels[priority] : key,
        priority,
        findings: list.sort(byPlace),
      };
    })
    .sort(
      (a, b) =>
        compare(a.priority, b.priority) ||
        (by === 'rule' ? b.findings.length - a.findings.length : 0) ||
        compare(a.label, b.label),
    );
}

function byPlace(a: ShownFinding, b: ShownFinding): number {
  return compare(a.path, b.path) || a.line - b.line || a.character - b.character || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
