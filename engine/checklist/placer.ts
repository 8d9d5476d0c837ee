import type { Span } from '../api/finding.ts';
import type { BarDraft, Particulars, PriorityDraft } from './drafts.ts';
import { LineIndex } from './lineIndex.ts';
import { MarkPlacer } from './markPlacer.ts';
import type { MarkDraft } from './marks.ts';
import type { ItemPriority, StatusMark } from './model.ts';
import type { RepairedText } from './repair.ts';

/** Moves what was read in a piece to where it is in the original text. */
export class Placer {
  /** Where the piece begins in the repaired text. */
  start = 0;
  readonly #repaired: RepairedText;
  readonly #lines: LineIndex;
  readonly #marks: MarkPlacer;

  constructor(original: string, repaired: RepairedText) {
    this.#repaired = repaired;
    this.#lines = new LineIndex(original);
    this.#marks = new MarkPlacer(original, repaired);
  }

  span({ start, end }: Span): Span {
    return this.#repaired.original({ start: this.start + start, end: this.start + end });
  }

  /** 1-based line of an offset of the original text. */
  line(offset: number): number {
    return this.#lines.line(offset);
  }

  mark(draft: MarkDraft | undefined): StatusMark | undefined {
    return draft === undefined ? undefined : this.#marks.place(draft, this.start);
  }

  priority(draft: PriorityDraft | undefined, from: ItemPriority['from']): ItemPriority | undefined {
    if (draft === undefined) return undefined;
    return { level: this.#marks.level(draft), from, span: this.span(draft.span) };
  }

  particulars({ references, fields, gate, links, waiver }: Particulars) {
    return {
      references: references.map((reference) => ({ ...reference, span: this.span(reference.span) })),
      fields: fields.map((field) => ({ ...field, labelSpan: this.span(field.labelSpan), span: this.span(field.span) })),
      gate: gate === undefined ? undefined : { ...gate, span: this.span(gate.span) },
      links: links.map((link) => ({ ...link, span: this.span(link.span) })),
      waiver: waiver === undefined ? undefined : { ...waiver, span: this.span(waiver.span) },
    };
  }

  bar(draft: BarDraft) {
    const at = (span: Span | undefined) => (span === undefined ? undefined : this.span(span));
    const span = this.span(draft);
    return {
      ...draft,
      ...span,
      line: this.line(span.start),
      percentSpan: at(draft.percentSpan),
      countSpan: at(draft.countSpan),
      blocksSpan: at(draft.blocksSpan),
    };
  }
}
