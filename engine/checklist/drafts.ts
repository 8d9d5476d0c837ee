import type { Span } from '../api/finding.ts';
import type { FoundGate } from './gates.ts';
import type { MarkDraft } from './marks.ts';
import type { FieldName, FileReference, ItemForm, ItemStatus, ItemWaiver, ProgressBar, RuleLink } from './model.ts';
import type { FoundPriority } from './priorities.ts';

/**
 * What one piece of a document says by itself, without what stands around it. All spans are offsets into the piece, so that
 * a piece whose text is the same as before is not read again.
 */
export type Draft = HeadingDraft | ItemDraft | ParagraphDraft | PlaceDraft | EntryDraft;

export interface PriorityDraft extends Pick<FoundPriority, 'level' | 'circle'> {
  readonly span: Span;
}

export interface FieldDraft {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
  readonly labelSpan: Span;
  readonly span: Span;
}

export interface GateDraft extends Pick<FoundGate, 'command' | 'expected'> {
  readonly span: Span;
}

/** What lines of an item may hold besides its title. */
export interface Particulars {
  readonly references: readonly FileReference[];
  readonly fields: readonly FieldDraft[];
  readonly gate: GateDraft | undefined;
  readonly links: readonly RuleLink[];
  readonly waiver: ItemWaiver | undefined;
}

export interface HeadingDraft {
  readonly kind: 'heading';
  readonly level: number;
  readonly span: Span;
  readonly title: string;
  readonly titleSpan: Span;
  readonly mark: MarkDraft | undefined;
  /** The mark stands in front of the title: it may only adorn a group. */
  readonly leading: boolean;
  /** "3. …", "Task 3: …". */
  readonly numbered: boolean;
  readonly priority: PriorityDraft | undefined;
  readonly due: string;
  readonly particulars: Particulars;
  /** A progress claim in the heading itself. */
  readonly bars: readonly BarDraft[];
}

export interface ItemDraft {
  readonly kind: 'item';
  readonly form: ItemForm;
  readonly span: Span;
  readonly title: string;
  readonly titleSpan: Span;
  readonly detail: string;
  readonly status: ItemStatus;
  readonly mark: MarkDraft | undefined;
  readonly priority: PriorityDraft | undefined;
  readonly priorityFrom: 'item' | 'field';
  readonly particulars: Particulars;
  /** Its line says that a person has to do it. */
  readonly human: boolean;
  /** Index of the item around it among the drafts of the piece. */
  readonly parent: number | undefined;
  /** Words of the plain list entry or paragraph that introduces it. */
  readonly lead: string;
  /** Number in an ordered list. */
  readonly number: number | undefined;
}

/** An entry of an ordered list that is no item by itself, and may go on with the numbering of one. */
export interface EntryDraft {
  readonly kind: 'entry';
  readonly number: number;
  readonly item: ItemDraft;
}

/** A paragraph that says something about the item or section it stands in. */
export interface ParagraphDraft {
  readonly kind: 'paragraph';
  readonly span: Span;
  /** The first block below a heading. */
  readonly first: boolean;
  readonly particulars: Particulars;
  /** The status of a `Status:` field. */
  readonly status: MarkDraft | undefined;
  readonly priority: PriorityDraft | undefined;
  readonly bars: readonly BarDraft[];
}

/** An entry of a list of places. */
export interface PlaceDraft {
  readonly kind: 'place';
  readonly reference: FileReference;
  readonly lead: string;
}

export interface BarDraft extends Span {
  readonly label: string;
  readonly unit: ProgressBar['unit'];
  readonly all: boolean;
  readonly percent: number | undefined;
  readonly percentSpan: Span | undefined;
  readonly done: number | undefined;
  readonly total: number | undefined;
  readonly countSpan: Span | undefined;
  readonly blocksSpan: Span | undefined;
  readonly estimate: boolean;
}
