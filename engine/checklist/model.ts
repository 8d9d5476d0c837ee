import type { Priority, Span } from '../api/finding.ts';

/**
 * What a readiness checklist says, as plain data that survives JSON. All spans are UTF-16 offsets into the text that was
 * parsed. Words are given with damaged characters put right. Nothing here is judged: whether a claim is true is for the evidence to say.
 *
 * `parse.ts` makes a document of a text (`parseChecklist(path, text)`), `likeness.ts` says how much of a checklist it is, and
 * `tick.ts` makes the edit that ticks or unticks an item (`tick(path, text, item, done)`).
 */
export interface ChecklistDocument {
  /** As given to the parser; nothing else in the document depends on it. */
  readonly path: string;
  /** The first heading, or the first line of a text without headings; the file's name where there is neither. */
  readonly title: string;
  /** What the title or the fields around it say of the whole: "Hardening complete ✅". `undefined` says nothing. */
  readonly status: ItemStatus | undefined;
  /** In text order. */
  readonly sections: readonly ChecklistSection[];
  /** In text order; an item comes before its children. */
  readonly items: readonly ChecklistItem[];
  readonly bars: readonly ProgressBar[];
  /** Places listed outside any item, as in a "File locations" section. */
  readonly locations: readonly ListedLocation[];
  /** What was not read, and why, in words for the user: too large, too deeply nested. Empty for nearly every document. */
  readonly problems: readonly ChecklistProblem[];
}

/** A part of the text that was not read as a checklist. */
export interface ChecklistProblem extends Span {
  readonly message: string;
}

/**
 * Where something stands. `attention` is ⚠️ (needs review, partly right), `waiting` is ⏳ (pending, blocked, on hold),
 * `dropped` is what will not be done. Only `done` claims something about the code; `done` and `dropped` are closed.
 */
export type ItemStatus = 'open' | 'waiting' | 'inProgress' | 'attention' | 'done' | 'dropped';

/** The character set that a text was wrongly read as when it was saved. */
export type Mojibake = 'windows-1252' | 'mac-roman';

/** The characters that say a status. */
export interface StatusMark {
  /** A box such as `[x]`, an emoji such as ✅, or a word such as "Not Started". */
  readonly kind: 'box' | 'emoji' | 'word';
  /** The characters that ticking would replace: from the box's brackets or the emoji to the end of its status word. */
  readonly span: Span;
  /** The characters of the span as written, damage included. */
  readonly text: string;
  /** Set for an emoji that was damaged by a wrong character set. */
  readonly mojibake?: Mojibake;
  /** What ticking or unticking this mark would write in its place; `undefined` where that cannot be done safely. */
  readonly toggled: string | undefined;
}

/** How an item is written. */
export type ItemForm =
  /** `- [ ] task` */
  | 'task'
  /** `- ✅ done thing`, `1. ⏳ …` */
  | 'marked'
  /** An ordered list entry without a mark that goes on with the numbering of marked ones. */
  | 'continued'
  /** A heading with a status, or with a line of fields that has one. */
  | 'heading'
  /** A row of a table with pipes. */
  | 'row'
  /** A row of a table with tabs. */
  | 'tabRow';

/** Where a priority was read. `span` is the place of its words, which for a section lies outside the item. */
export interface ItemPriority {
  readonly level: Priority;
  readonly from: 'item' | 'field' | 'section' | 'parent';
  readonly span: Span;
}

/** Lines of a file, 1-based, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A file that the text names, as `path:27`, `path:82-86, 90`, `path - Lines 27, 82-86`, or alone. */
export interface FileReference {
  /** As written, without line numbers; relative to what the writer had in mind. */
  readonly path: string;
  /** Empty when the whole file is meant. */
  readonly lines: readonly LineRange[];
  /** Path and line numbers, without quotes around them. */
  readonly span: Span;
}

/** A reference that stands in a list of places. */
export interface ListedLocation {
  readonly reference: FileReference;
  /** The words above the list ("Critical Security Issues"); empty without any. */
  readonly label: string;
  /** Id of the section that holds the list. */
  readonly section: string | undefined;
  /** 1-based. */
  readonly line: number;
}

/** What a label means, whatever words the writer chose for it; `other` for labels that mean nothing here. */
export type FieldName =
  | 'file'
  | 'current'
  | 'fix'
  | 'add'
  | 'implement'
  | 'why'
  | 'impact'
  | 'effort'
  | 'priority'
  | 'status'
  | 'owner'
  | 'due'
  | 'gate'
  | 'expected'
  | 'other';

/** `Label: value` below an item, in a line of fields, or a cell with its column's name. */
export interface ItemField {
  readonly name: FieldName;
  /** The label as written, without colon and emphasis. */
  readonly label: string;
  /** The value as written, without blanks around it; it may run over several lines. */
  readonly value: string;
  readonly labelSpan: Span;
  readonly span: Span;
}

/** What has to be run, or looked at, before an item may be closed. */
export interface ItemGate {
  /** A command line for a shell; `undefined` when the check is only described. */
  readonly command: string | undefined;
  /** What it has to show ("exit code 0"), as written; empty when nothing is said. */
  readonly expected: string;
  /** Command and expectation. */
  readonly span: Span;
}

/** A rule that an item names. In running text it is a guess at a name, and only means something if there is such a rule. */
export interface RuleLink {
  /** `category/name`. */
  readonly rule: string;
  readonly from: 'comment' | 'text';
  readonly span: Span;
}

/** `<!-- airworthy: waived until 2027-03-01 by @owner: behind VPN -->` */
export interface ItemWaiver {
  /** `YYYY-MM-DD`, the last day on which it holds; without it the waiver has no end. */
  readonly until: string | undefined;
  /** Without the `@`. */
  readonly owner: string | undefined;
  readonly reason: string;
  /** Why it does not count: it gives no reason, or a day that no calendar has. */
  readonly problem?: 'reason' | 'date';
  readonly span: Span;
}

/** One promise, task or check of a checklist. */
export interface ChecklistItem {
  /**
   * `section/parent/title` in lower-case words, without marks, status words, priorities and numbering; the nearest heading
   * stands for the section, and `~2`, `~3` … tell equals apart in text order. It is unique in its document and does not
   * change when text elsewhere is edited, when the item is ticked, moved within its section, or when the file is renamed.
   */
  readonly id: string;
  /** Without marks, numbering, Markdown, and what comes behind a dash. */
  readonly title: string;
  /** The words behind the title on its own lines, without Markdown; empty when there are none. */
  readonly detail: string;
  /** Everything that belongs to the item alone: lines, cells, or heading. Children are not part of it. */
  readonly span: Span;
  readonly titleSpan: Span;
  /** 1-based line of the title. */
  readonly line: number;
  readonly form: ItemForm;
  readonly status: ItemStatus;
  /** `undefined` for an item that is open because nothing says otherwise. */
  readonly mark: StatusMark | undefined;
  readonly priority: ItemPriority | undefined;
  /** Id of the section that the item stands in; a heading item stands in the section above its own. */
  readonly section: string | undefined;
  /** Titles of the sections around it, outermost first, without the document's title. */
  readonly sectionPath: readonly string[];
  /** Id of the item that this one is part of. */
  readonly parent: string | undefined;
  /** How many items are around it. */
  readonly depth: number;
  readonly references: readonly FileReference[];
  readonly fields: readonly ItemField[];
  readonly gate: ItemGate | undefined;
  /** Only a person can close it: it stands under "Human Tasks", "Manual" or the like. */
  readonly human: boolean;
  /**
   * Set where the item is no promise although it carries a mark: it describes the state `before` the work, or what
   * something `provides`. It takes no part in scores.
   */
  readonly aside?: 'before' | 'provides';
  readonly links: readonly RuleLink[];
  readonly waiver: ItemWaiver | undefined;
}

/** A heading and what stands under it. */
export interface ChecklistSection {
  /** Made like an item's id, of this heading and the one above; unique among sections. */
  readonly id: string;
  /** Without marks, numbering and Markdown. */
  readonly title: string;
  /** 1 for `#`. Text without Markdown has numbered lines instead, of level 2 ("3️⃣ …") and 3 ("2.1 …"). */
  readonly level: number;
  /** Id of the section around it. */
  readonly parent: string | undefined;
  /** The heading. */
  readonly headingSpan: Span;
  /** From the heading to the next one of its level or above. */
  readonly span: Span;
  /** 1-based line of the heading. */
  readonly line: number;
  /** Its own, or that of the section around it. */
  readonly priority: ItemPriority | undefined;
  /** What the heading claims of all that stands under it, as in "Phase 5 ✅". */
  readonly status: ItemStatus | undefined;
  readonly mark: StatusMark | undefined;
  /** "Week 6", "Day 11-14"; empty when the heading names no time. */
  readonly due: string;
  /** A group of things that only people can do. */
  readonly human: boolean;
  /** Id of the item that this heading is. */
  readonly item: string | undefined;
}

/** A claim about how much of something is done. */
export interface ProgressBar extends Span {
  /** The words in front of it; empty without any. */
  readonly label: string;
  /** 1-based. */
  readonly line: number;
  /** `40%`: 0 to 100, as written. */
  readonly percent: number | undefined;
  readonly percentSpan: Span | undefined;
  /** What it counts: `3/7 phases complete`. */
  readonly unit: 'items' | 'phases';
  /** A sentence says it in words: "All 9 items are done." `done` and `total` are the same then. */
  readonly all: boolean;
  /** `12/30 done`. */
  readonly done: number | undefined;
  readonly total: number | undefined;
  readonly countSpan: Span | undefined;
  /** `████░░░░░░`. */
  readonly blocksSpan: Span | undefined;
  /** Marked as an estimate: "about", "~", "estimated". */
  readonly estimate: boolean;
  /**
   * What it sums: all items, or those of the sections listed, which the label names or which hold it. `undefined` when
   * that does not show.
   */
  readonly sums:
    | { readonly kind: 'document' }
    | { readonly kind: 'sections'; readonly ids: readonly string[] }
    | undefined;
}

/** Nothing more is expected of it. */
export function isClosed(status: ItemStatus): boolean {
  return status === 'done' || status === 'dropped';
}
