import type { Priority, Span } from '../api/finding.ts';
import type { LineProblem } from '../formats/jsonLines.ts';
import type { ChecklistDocument, ChecklistItem } from './model.ts';

/**
 * What a checklist looks like once its items were held against the code. Plain data: it survives JSON. Objects are the same
 * ones as before the last update wherever nothing changed in them, so whoever draws them can compare by identity.
 */

/**
 * What is known about an item:
 *
 * - `verified`: ticked; its rules ran over the workspace, had something to look at and found nothing.
 * - `contradicted`: ticked, and findings stand against it.
 * - `open`: not ticked, and nothing shows that it is done.
 * - `satisfied`: not ticked, although the evidence for `verified` is there.
 * - `regressed`: ticked and once verified, and a finding came back.
 * - `not-applicable`: nothing of the kind that its rules look at is in the workspace, or the item was dropped.
 * - `not-checkable`: ticked, and nothing here can tell whether it is true.
 * - `waived`: a person decided to live with it, until a day that has not passed.
 * - `expired`: the same, and the day has passed.
 */
export type Verdict =
  | 'verified'
  | 'contradicted'
  | 'open'
  | 'satisfied'
  | 'regressed'
  | 'not-applicable'
  | 'not-checkable'
  | 'waived'
  | 'expired';

/**
 * How a rule comes to speak about an item, strongest first: the item names it (`link`); the item names a file, and its words
 * are the rule's topics (`reference`); its words alone are (`related`), which never decides anything.
 */
export type EvidenceKind = 'link' | 'reference' | 'related';

/** A finding where people look for it. */
export interface EvidencePlace extends Span {
  /** Absolute, with forward slashes. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  readonly priority: Priority;
}

/**
 * What a rule says of the whole workspace: it has `findings`; it is `clean` and had something to look at; there is `nothing`
 * of the kind it looks at; or it is `unknown`, because the rule is off, failed, has not run everywhere, or cannot tell
 * whether it had anything to look at.
 */
export type RuleState = 'findings' | 'clean' | 'nothing' | 'unknown';

export interface Evidence {
  readonly rule: string;
  readonly kind: EvidenceKind;
  readonly state: RuleState;
  /** Why the state is `unknown`, as a sentence; empty for the others. */
  readonly why: string;
  /** Topics of the rule that the item's words mention; empty for links. */
  readonly topics: readonly string[];
  /** Files of the workspace that the item names, absolute paths. */
  readonly files: readonly string[];
  /** Findings that count against the item: for a link all of the rule, for a reference those in `files`. */
  readonly findings: readonly EvidencePlace[];
  /** The rule's findings in places that the item does not name. */
  readonly elsewhere: readonly EvidencePlace[];
  /** Commit at which the rule's silence was recorded for this item; `''` when it was recorded without one. */
  readonly verifiedAt?: string;
}

/** How a gate's command ended when somebody last ran it. */
export interface GateResult {
  readonly command: string;
  /** `undefined` when it was ended because it took too long, or never started. */
  readonly exitCode: number | undefined;
  /** Why there is no exit code; empty when there is one. */
  readonly problem: string;
  /** ISO 8601. */
  readonly at: string;
  /** Commit it ran on; `''` when unknown, or when files differed from it. */
  readonly commit: string;
}

/** An item with what is known about it. */
export interface JudgedItem {
  /** `path#id` with the path relative to the workspace: the same over runs, and what records refer to. */
  readonly key: string;
  /** Absolute path of the document. */
  readonly path: string;
  readonly item: ChecklistItem;
  readonly verdict: Verdict;
  /** What the verdict would be without the waiver; equal to `verdict` when that does not depend on one. */
  readonly beneath: Verdict;
  /** Why, in a sentence for people. */
  readonly why: string;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** Result of the item's gate; `undefined` when it has none or nobody ran it. */
  readonly gate: GateResult | undefined;
  /** Its own or its section's; `undefined` when nothing says. */
  readonly priority: Priority | undefined;
  /** It keeps the project from production: P0, and open, contradicted, regressed, or with an expired waiver. */
  readonly blocker: boolean;
}

/** How many items have each verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

/**
 * How far a set of items is. `percent` is how many of the items that can be checked are proven, rounded down, and never 100
 * while there is a blocker. Show blockers in front of it: a percentage alone hides them.
 */
export interface ChecklistScore {
  readonly items: number;
  readonly verdicts: VerdictCounts;
  readonly blockers: number;
  /** Items that the percentage is about: without those that are not checkable, do not apply or are waived. */
  readonly counted: number;
  /** Of those, the ones that are verified or satisfied. */
  readonly proven: number;
  /** 0 to 100; `undefined` when nothing can be checked. */
  readonly percent: number | undefined;
}

/** A document with its judged items. */
export interface JudgedDocument {
  /** Absolute. */
  readonly path: string;
  /** Relative to the workspace. */
  readonly name: string;
  readonly title: string;
  /** Higher ones come first. */
  readonly rank: number;
  /** The latest day that its name or head gives, like `2026-03-14`. */
  readonly written: string | undefined;
  /** Whether it takes part in the summary: it is a readiness checklist and not a finished or archived plan. */
  readonly counted: boolean;
  /** Best shown closed: archived, finished, or not much of a checklist. */
  readonly collapsed: boolean;
  readonly document: ChecklistDocument;
  /** In text order, as in `document.items`. */
  readonly items: readonly JudgedItem[];
  readonly score: ChecklistScore;
}

/** The same claim in several documents. */
export interface ClaimGroup {
  /** What the titles have in common, in lower case. */
  readonly claim: string;
  /** At least two, of different documents, by path and line. */
  readonly items: readonly JudgedItem[];
  /** Some of the places say that it is done, and others that it is not. */
  readonly disagree: boolean;
  /** What the code says: whether the claim is done; `undefined` when it cannot tell. */
  readonly done: boolean | undefined;
}

/** All checklists of a workspace. */
export interface ChecklistView {
  /** Grows with every change. 0: nothing was judged yet. */
  readonly revision: number;
  /** False while rules have not run over the whole workspace; verdicts may still change without an edit. */
  readonly complete: boolean;
  /** By rank in steps of a quarter, the latest first, then by rank and path. */
  readonly documents: readonly JudgedDocument[];
  /** Over the documents that count. */
  readonly summary: ChecklistScore;
  /** Blockers of the documents that count, in the order of the documents. */
  readonly blockers: readonly JudgedItem[];
  readonly groups: readonly ClaimGroup[];
  readonly recordProblems: readonly LineProblem[];
}
