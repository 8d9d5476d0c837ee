import type { Priority } from '#engine/api/finding.ts';
import type { Category } from '#engine/api/rule.ts';
import type { ItemStatus } from '#engine/checklist/model.ts';
import type { EvidenceKind, RuleState, Verdict, VerdictCounts } from '#engine/checklist/view.ts';
import type { HistoryRecord } from '../history.ts';
import type { FoundPlace, ReportTrouble } from '../input.ts';

/** Version of the shape below, which is what `--format json` prints; it grows when a field changes its meaning or goes. */
export const REPORT_VERSION = 1;

export type PriorityCounts = Readonly<Record<Priority, number>>;

/** A finding that speaks about an item. `path` is relative to the workspace. */
export interface PlaceReport {
  readonly path: string;
  readonly line: number;
  readonly message: string;
  readonly priority: Priority;
}

export interface EvidenceReport {
  readonly rule: string;
  readonly kind: EvidenceKind;
  readonly state: RuleState;
  /** Why the state is `unknown`; empty for the others. */
  readonly why: string;
  /** Findings that count against the item. */
  readonly findings: readonly PlaceReport[];
  /** How many findings the rule has in places that the item does not name. */
  readonly elsewhere: number;
}

export interface ItemReport {
  /** The same over runs. */
  readonly key: string;
  /** Of the document, relative to the workspace. */
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly section: readonly string[];
  readonly status: ItemStatus;
  readonly verdict: Verdict;
  readonly why: string;
  readonly priority: Priority | null;
  readonly blocker: boolean;
  /** Only a person can close it. */
  readonly human: boolean;
  /** How many items are around it. */
  readonly depth: number;
  /** Of the rules that decide about it; empty for an item that no rule decides about. */
  readonly categories: readonly Category[];
  readonly evidence: readonly EvidenceReport[];
  /** `null` when the item has none, or nobody ran it. */
  readonly gate: { readonly command: string; readonly exitCode: number | null; readonly at: string } | null;
}

/** How far a set of items is; see `ChecklistScore`. */
export interface ScoreReport {
  readonly items: number;
  readonly verdicts: VerdictCounts;
  readonly blockers: number;
  readonly counted: number;
  readonly proven: number;
  /** `null` when nothing can be checked. */
  readonly percent: number | null;
}

export interface DocumentReport {
  readonly path: string;
  readonly title: string;
  /** Whether it takes part in the summary. */
  readonly counted: boolean;
  readonly collapsed: boolean;
  readonly score: ScoreReport;
  readonly items: readonly ItemReport[];
}

/** Items and findings of one category. An item that rules of two categories decide about is in both. */
export interface CategoryReport {
  readonly category: Category;
  readonly score: ScoreReport;
  readonly findings: PriorityCounts;
}

/** A rule with findings. */
export interface RuleReport {
  readonly rule: string;
  readonly category: Category | null;
  readonly summary: string;
  readonly url: string;
  /** The most urgent of its findings'. */
  readonly priority: Priority;
  readonly findings: readonly FoundPlace[];
}

/** A workspace as a report tells it. Plain data. */
export interface ReportModel {
  readonly version: number;
  readonly name: string;
  readonly at: string;
  readonly commit: string;
  readonly toolVersion: string;
  /** False when rules have not run everywhere, so that verdicts may be too cautious. */
  readonly complete: boolean;
  readonly files: number;
  readonly summary: ScoreReport & { readonly findings: PriorityCounts };
  /** Items that keep the project from production, of the documents that count. */
  readonly blockers: readonly ItemReport[];
  /** With items or findings. */
  readonly categories: readonly CategoryReport[];
  /** Items of counted documents that no rule decides about. */
  readonly withoutRule: number;
  readonly documents: readonly DocumentReport[];
  /** Most urgent first. */
  readonly rules: readonly RuleReport[];
  /** Oldest first, this run not among them unless it was recorded. */
  readonly history: readonly HistoryRecord[];
  readonly troubles: readonly ReportTrouble[];
}
