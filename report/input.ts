import type { FixSafety, Priority } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import type { ChecklistView } from '#engine/checklist/view.ts';
import type { HistoryRecord } from './history.ts';
import type { LinkBase } from './placeLink.ts';

/** A finding as it is reported: `path` relative to the workspace with forward slashes, `line` and `column` from 1. */
export interface FoundPlace {
  readonly rule: string;
  readonly priority: Priority;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The best kind of fix there is. */
  readonly fix?: FixSafety | undefined;
}

/** Something that went wrong, so that the report may not be the whole truth. `path` is relative to the workspace. */
export interface ReportTrouble {
  readonly path: string;
  readonly message: string;
}

/** Everything a report is made of. None of the texts has to be trustworthy. */
export interface ReportInput {
  /** What the reader calls the workspace. */
  readonly name: string;
  /** Absolute, with forward slashes and no trailing one. */
  readonly root: string;
  /** When it was analysed, ISO 8601. */
  readonly at: string;
  /** The commit that was analysed; `''` when unknown. */
  readonly commit: string;
  /** Version of Airworthy. */
  readonly toolVersion: string;
  readonly view: ChecklistView;
  readonly findings: readonly FoundPlace[];
  readonly rules: readonly RegisteredRule[];
  /** How many files were analysed. */
  readonly files: number;
  /** In any order. */
  readonly history: readonly HistoryRecord[];
  readonly troubles: readonly ReportTrouble[];
  /** Where the workspace lies as seen from the report, for links. */
  readonly base: LinkBase;
}
