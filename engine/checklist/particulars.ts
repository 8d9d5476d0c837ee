import { readComments, rulesIn } from './comments.ts';
import type { FieldDraft, GateDraft, Particulars } from './drafts.ts';
import { type FoundField, fieldsOf } from './fields.ts';
import { gateIn, gateInLine } from './gates.ts';
import type { FileReference, ItemWaiver, RuleLink } from './model.ts';
import { type PlainText, sourceSpan } from './plain.ts';
import { referencesIn } from './references.ts';

/** Gathers what the lines of an item say besides its title. */
export class ParticularsReader implements Particulars {
  readonly references: FileReference[] = [];
  readonly fields: FieldDraft[] = [];
  readonly links: RuleLink[] = [];
  gate: GateDraft | undefined;
  waiver: ItemWaiver | undefined;
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  /** Files, rule ids and comments of a range of words. */
  words(plain: PlainText, start = 0, end = plain.text.length): void {
    for (const found of referencesIn(plain, start, end)) {
      this.references.push({
        path: found.path,
        lines: found.lines,
        span: found.target ?? sourceSpan(plain, found.start, found.end),
      });
    }
    this.links.push(...rulesIn(plain, start, end));
  }

  comments(plain: PlainText): void {
    if (plain.html.length === 0) return;
    const { links, waiver } = readComments(this.#source, plain.html);
    this.links.push(...links);
    this.waiver ??= waiver;
  }

  /** A gate in the item's own line. */
  line(plain: PlainText, start: number, end: number): void {
    const found = gateInLine(plain, start, end);
    if (found !== undefined) this.#gate(plain, found.start, found.end, found.command, found.expected);
  }

  /** Whether a line is made of fields, which then belong to the item. */
  fieldLine(plain: PlainText, start: number, end: number, any: boolean): FoundField[] {
    const found = fieldsOf(plain, start, end, any);
    for (const field of found) this.field(plain, field);
    return found;
  }

  field(plain: PlainText, { name, label, value }: FoundField): void {
    const span = sourceSpan(plain, value.start, value.end);
    // Code keeps its quotes: the value is what the writer wrote.
    const quoted = plain.code.some((code) => code.start === value.start);
    const closed = plain.code.some((code) => code.end === value.end);
    const full = widen(this.#source, span, quoted, closed);
    const labelSpan = sourceSpan(plain, label.start, label.end);
    this.fields.push({
      name,
      label: plain.text.slice(label.start, label.end),
      value: this.#source.slice(full.start, full.end),
      labelSpan,
      span: full,
    });
    if (name === 'gate') {
      const found = gateIn(plain, value.start, value.end);
      if (found !== undefined) this.#gate(plain, found.start, found.end, found.command, found.expected);
    }
  }

  /** A field without a label of its own, such as the time in brackets behind a title. */
  bare(name: FieldDraft['name'], plain: PlainText, start: number, end: number): void {
    const span = sourceSpan(plain, start, end);
    this.fields.push({
      name,
      label: '',
      value: this.#source.slice(span.start, span.end),
      labelSpan: { start: span.start, end: span.start },
      span,
    });
  }

  #gate(plain: PlainText, start: number, end: number, command: string | undefined, expected: string): void {
    if (this.gate !== undefined && this.gate.command !== undefined) return;
    this.gate = { command, expected, span: sourceSpan(plain, start, end) };
  }
}

/** Takes the backticks around code into a span. */
function widen(source: string, span: { start: number; end: number }, before: boolean, behind: boolean) {
  let { start, end } = span;
  if (before) while (source[start - 1] === '`') start--;
  if (behind) while (source[end] === '`') end++;
  return { start, end };
}

/**
 * Reads the lines of a paragraph: fields where they are, words elsewhere. The first line of an item's `head` is its title,
 * and never a field. A `detail` below an item is likely one, so that any short label makes a field.
 */
export function readLines(
  reader: ParticularsReader,
  plain: PlainText,
  role: 'head' | 'detail' | 'paragraph',
  start = 0,
): void {
  const { text } = plain;
  for (let from = start; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed;
    const title = role === 'head' && from === start;
    if (title || reader.fieldLine(plain, from, to, role === 'detail').length === 0) reader.line(plain, from, to);
    from = to + 1;
  }
  reader.words(plain, start);
  reader.comments(plain);
}

/** Where title and detail of an item's first paragraph end: at the first line of fields behind its first line. */
export function headEnd(plain: PlainText, start: number): number {
  const { text } = plain;
  for (let feed = text.indexOf('\n', start); feed >= 0; ) {
    const next = text.indexOf('\n', feed + 1);
    if (fieldsOf(plain, feed + 1, next < 0 ? text.length : next).length > 0) return feed;
    feed = next;
  }
  return text.length;
}
