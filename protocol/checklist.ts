/**
 * What the server and its clients say to each other about readiness checklists. The tree is asked for in pieces, and only
 * for what is shown: a notification says which documents differ, never how. Positions are those of the Language Server
 * Protocol (0-based line and UTF-16 character), uris those of the client, times ISO 8601.
 */
import type { Priority } from '#engine/api/finding.ts';
import type { ItemStatus } from '#engine/checklist/model.ts';
import type { EvidenceKind, RuleState, Verdict } from '#engine/checklist/view.ts';

export type { EvidenceKind, ItemStatus, Priority, RuleState, Verdict };

/** Server → client notification, for clients that asked for it: something in a tree of checklists is different. */
export const checklistChangedNotification = 'airworthy/checklistChanged';

export interface ChecklistChanged {
  /** Grows with every change. */
  readonly revision: number;
  /** Documents with items that differ. */
  readonly documents: readonly string[];
  /** Documents came, went, or stand in another order. */
  readonly listed: boolean;
  readonly summary: ChecklistSummary;
}

/** How ready the workspace is, over the documents that count. */
export interface ChecklistSummary {
  readonly items: number;
  /** Items that the percentage is about: what can be checked and applies. */
  readonly counted: number;
  readonly proven: number;
  /** 0 to 100, rounded down, never 100 while there is a blocker; `null` when nothing can be checked. */
  readonly percent: number | null;
  /** P0 items that are neither proven, dropped nor waived. To be shown in front of the percentage. */
  readonly blockers: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** False while files are analysed; verdicts may still change without an edit. */
  readonly complete: boolean;
}

/** Which items are shown. What is left out does not restrict. */
export interface ChecklistFilter {
  /** `none` are items without a priority. */
  readonly priorities?: readonly (Priority | 'none')[];
  readonly verdicts?: readonly Verdict[];
  /** Words that all occur in an item's text, its section, its rules or its files; case does not matter. */
  readonly text?: string;
}

/** Items by the document and section they stand in, by priority, or by verdict. */
export type ChecklistGrouping = 'document' | 'priority' | 'verdict';
/** In text order; the most urgent first; or those first that need somebody to do something. */
export type ChecklistOrder = 'text' | 'priority' | 'verdict';

/** How a client wants to see the tree. Sent with each request: the server keeps nothing of it. */
export interface ChecklistPresentation {
  /** Default `document`. */
  readonly group?: ChecklistGrouping;
  /** Default `text`. Without a text that all items share, as in a group by priority, that is the order of documents. */
  readonly sort?: ChecklistOrder;
  readonly filter?: ChecklistFilter;
}

/** Client → server request: what stands at the top of the tree, with the summary. Answers {@link ChecklistRoots}. */
export const checklistRootsRequest = 'airworthy/checklist/roots';

export interface ChecklistRoots {
  readonly revision: number;
  readonly summary: ChecklistSummary;
  /** Documents, or groups of items. */
  readonly nodes: readonly ChecklistNode[];
  /** Items of all documents, filtered or not. */
  readonly total: number;
  /** Items that pass the filter. */
  readonly shown: number;
}

/**
 * Client → server request: what stands below a node. Takes {@link ChecklistChildrenParams}, answers
 * {@link ChecklistNode}s; an empty list for a node that is not there any more.
 */
export const checklistChildrenRequest = 'airworthy/checklist/children';

export interface ChecklistChildrenParams extends ChecklistPresentation {
  /** Id of a node. */
  readonly id: string;
}

/** What all nodes of the tree have. */
interface Node {
  /** Stays the same while texts are edited, items ticked and findings come and go. */
  readonly id: string;
  readonly label: string;
  readonly hasChildren: boolean;
}

/** How many of the items below a node are proven, of those that can be, and what stands in the way. */
export interface ChecklistCounts {
  readonly items: number;
  readonly counted: number;
  readonly proven: number;
  readonly blockers: number;
  /** Items that are contradicted, regressed, or whose waiver has expired. */
  readonly broken: number;
}

export interface ChecklistDocumentNode extends Node {
  readonly kind: 'document';
  readonly uri: string;
  /** Path below the workspace folder. */
  readonly name: string;
  readonly counts: ChecklistCounts;
  /** Finished, archived, or not much of a checklist: to be shown closed. */
  readonly collapsed: boolean;
}

export interface ChecklistSectionNode extends Node {
  readonly kind: 'section';
  readonly uri: string;
  /** Of the heading. */
  readonly line: number;
  readonly counts: ChecklistCounts;
  /** Nothing in it is urgent, and all of it may be too much: to be shown closed. */
  readonly collapsed: boolean;
}

/** All items with the same priority or verdict. */
export interface ChecklistGroupNode extends Node {
  readonly kind: 'group';
  readonly of: { readonly priority: Priority | 'none' } | { readonly verdict: Verdict };
  readonly counts: ChecklistCounts;
}

export interface ChecklistItemNode extends Node {
  readonly kind: 'item';
  readonly uri: string;
  /** Of the title. */
  readonly line: number;
  readonly status: ItemStatus;
  /** Whether its mark can be ticked or unticked. */
  readonly canTick: boolean;
  readonly verdict: Verdict;
  /** Why, in a sentence. */
  readonly why: string;
  readonly priority: Priority | null;
  readonly blocker: boolean;
  /** Findings that count against it. */
  readonly findings: number;
  /** It has a gate with a command. */
  readonly gate: boolean;
  /** Other documents say the opposite. */
  readonly disputed: boolean;
  /** Where it stands, for views that do not show that: document and sections. */
  readonly path: readonly string[];
}

export type ChecklistNode = ChecklistDocumentNode | ChecklistSectionNode | ChecklistGroupNode | ChecklistItemNode;

/**
 * Client → server request: all that is known about an item. Takes {@link ChecklistItemParams}, answers
 * {@link ChecklistItemDetails}, or `null` for an item that is not there any more.
 */
export const checklistItemRequest = 'airworthy/checklist/item';

export interface ChecklistItemParams {
  /** Id of an item's node. */
  readonly id: string;
}

/** A place to go to. */
export interface ChecklistPlace {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

export interface ChecklistFindingPlace extends ChecklistPlace {
  readonly message: string;
  readonly priority: Priority;
}

/** What one rule says about an item. */
export interface ChecklistEvidence {
  readonly rule: string;
  readonly kind: EvidenceKind;
  readonly state: RuleState;
  /** Why the state is `unknown`; else empty. */
  readonly why: string;
  /** At most a hundred that count against the item; {@link findingCount} is how many there are. */
  readonly findings: readonly ChecklistFindingPlace[];
  readonly findingCount: number;
  /** At most a hundred of the same rule in places that the item does not name. */
  readonly elsewhere: readonly ChecklistFindingPlace[];
  readonly elsewhereCount: number;
}

export interface ChecklistGate {
  /** A command line for a shell; `null` when the check is only described. */
  readonly command: string | null;
  readonly expected: string;
  /** How it ended when it was last run; `null` when nobody ran it. */
  readonly result: ChecklistGateResult | null;
}

export interface ChecklistGateResult {
  readonly command: string;
  /** `null` when it was ended because it took too long, or never started. */
  readonly exitCode: number | null;
  /** Why there is no exit code; empty when there is one. */
  readonly problem: string;
  readonly at: string;
  /** Commit that its files were of; `''` when that is not known, or when some differed from it. */
  readonly commit: string;
}

export interface ChecklistItemDetails {
  readonly node: ChecklistItemNode;
  readonly title: string;
  readonly detail: string;
  /** The item's own lines, as written. */
  readonly text: string;
  /** Of the title. */
  readonly place: ChecklistPlace;
  /** Strongest first. */
  readonly evidence: readonly ChecklistEvidence[];
  readonly gate: ChecklistGate | null;
  readonly waiver: { readonly reason: string; readonly owner: string | null; readonly until: string | null } | null;
  /** Folder whose commands a gate runs in: the workspace folder of the document. */
  readonly folder: string;
  /** The same claim in other documents, by path. */
  readonly alike: readonly (ChecklistPlace & { readonly id: string; readonly name: string; readonly done: boolean })[];
}

/**
 * Client → server notification: how the gate of an item ended, which a person asked to have run in a trusted workspace.
 * The server never runs one.
 */
export const checklistGateNotification = 'airworthy/checklist/gateEnded';

export interface ChecklistGateEnded extends ChecklistGateResult {
  /** Id of the item. */
  readonly id: string;
}

/**
 * Commands of the server. Each computes an edit of the current text and has the client apply it with
 * `workspace/applyEdit`, with the versions of documents that are open; they answer {@link ChecklistEditResult}.
 */

/** Ticks or unticks an item: changes the characters of its mark and no others. Takes {@link ChecklistTick}. */
export const applyTickCommand = 'airworthy.applyTick';

export interface ChecklistTick {
  readonly id: string;
  readonly done: boolean;
}

/** Writes a waiver behind an item, or in place of the one it has. Takes {@link ChecklistWaive}. */
export const applyWaiverCommand = 'airworthy.applyWaiver';

export interface ChecklistWaive {
  readonly id: string;
  /** Becomes one line. Must not be blank, nor end the comment it is written into. */
  readonly reason: string;
  /** With or without the `@`. */
  readonly owner?: string;
  /** `YYYY-MM-DD`, the last day on which it holds; left out, it has no end. */
  readonly until?: string;
}

/**
 * Makes all documents say the same about a claim that an item shares with items of other documents, or about all claims
 * that they disagree on and the code answers. Takes {@link ChecklistAlign}.
 */
export const alignClaimsCommand = 'airworthy.applyAlignment';

export interface ChecklistAlign {
  /** Any item of the claim; left out, all claims whose truth the code shows. */
  readonly id?: string;
  /** What to write where the code cannot tell; needs {@link id}. */
  readonly done?: boolean;
}

export interface ChecklistEditResult {
  readonly applied: boolean;
  /** Why nothing was written, as a sentence for people; empty when something was. */
  readonly reason: string;
  /** Documents that were edited. */
  readonly documents: readonly string[];
}

/** Command of clients that set `checklist` in their options: goes to what speaks about an item. Takes its id. */
export const goToEvidenceCommand = 'airworthy.checklist.goToEvidence';
/** Command of clients that set `checklist` in their options: runs the gate of an item. Takes its id. */
export const runGateCommand = 'airworthy.checklist.runGate';

/**
 * Command of the server: writes a checklist for what a workspace folder is made of, as far as it can tell, into a file that
 * is not there yet. Takes {@link ChecklistCreate}, answers {@link ChecklistEditResult}.
 */
export const createChecklistCommand = 'airworthy.applyNewChecklist';

export interface ChecklistCreate {
  /** Uri of a workspace folder; left out, the first. */
  readonly folder?: string;
}
