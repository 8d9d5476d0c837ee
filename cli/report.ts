import type { FixSafety, Priority } from '#engine/api/finding.ts';
import type { RegisteredRule } from '#engine/api/rule.ts';
import type { LineIndex } from './reporters/lineIndex.ts';

/** A place in a file as people and tools name it: lines and columns from 1, UTF-16 columns, the end exclusive. */
export interface ReportedPlace {
  /** Relative to the current folder, with forward slashes. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedFinding extends ReportedPlace {
  readonly rule: string;
  readonly priority: Priority;
  readonly message: string;
  /** The best kind of fix there is. */
  readonly fix: FixSafety | undefined;
  readonly related: readonly (ReportedPlace & { readonly label: string })[];
}

/** Files and folders that were not analysed, by reason; a folder counts as one, whatever is in it. */
export type LeftOutCounts = Readonly<Record<LeftOutKind, number>>;
export type LeftOutKind = (typeof leftOutKinds)[number];
export const leftOutKinds = [
  'excluded',
  'ignored',
  'ignoredFolders',
  'vendoredFolders',
  'links',
  'generated',
  'minified',
  'binary',
  'tooLarge',
  'unsupported',
] as const;

/** Something that went wrong so that findings may be missing. `path` is relative to the current folder. */
export interface Trouble {
  readonly path: string;
  readonly rule?: string;
  readonly message: string;
}

export interface Stats {
  /** Files that were analysed and reported on. */
  readonly files: number;
  readonly findings: Readonly<Record<Priority, number>>;
  /** Findings that are gone because of `--fix`, and the files that changed. */
  readonly fixed: number;
  readonly filesFixed: number;
  readonly leftOut: LeftOutCounts;
  readonly durationMs: number;
}

/** A finished run, ready to be written in any format. */
export interface Report {
  /** Sorted by path, place and rule. */
  readonly findings: readonly ReportedFinding[];
  readonly stats: Stats;
  readonly configProblems: readonly (ReportedPlace & { readonly message: string })[];
  readonly troubles: readonly Trouble[];
  /** The gate: findings of this priority or above fail the run. */
  readonly failOn: Priority | undefined;
  readonly rules: readonly RegisteredRule[];
  /** Version of Airworthy. */
  readonly toolVersion: string;
  /** Absolute, forward slashes. */
  readonly cwd: string;
  /** Lines of a file that has findings or config problems. */
  lines(path: string): LineIndex | undefined;
}
