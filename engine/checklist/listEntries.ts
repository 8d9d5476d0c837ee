import type { Html, List, ListItem, Paragraph } from 'mdast';
import type { Span } from '../api/finding.ts';
import { lineAt } from '../formats/lines.ts';
import { barsIn } from './bars.ts';
import type { Draft, ItemDraft } from './drafts.ts';
import { boxAt, emojiAt, type FoundMark, leadingWord, type MarkDraft, statusIn, trailingMark } from './marks.ts';
import type { FileReference } from './model.ts';
import { headEnd, ParticularsReader, readLines } from './particulars.ts';
import { flatten, insideAny, type PlainText, sourceSpan, trimRange } from './plain.ts';
import { linePriority, priorityValue } from './priorities.ts';
import { referencesIn } from './references.ts';
import { adornmentLength, oneLine, titleIn, withoutTail } from './titles.ts';

const MARKER = /^(?:[-*+]|(\d{1,9})[.)])\s{1,8}/;
const PERSON = /\b(?:human|manual)[ -](?:task|step|action|work)s?\b/i;

/** Where a list stands: what introduces it and the item around it. */
export interface ListPlace {
  readonly lead: string;
  /** Index of the item around the list. */
  readonly parent: number | undefined;
  /** The reader of that item, for entries that are details of it. */
  readonly owner: ParticularsReader | undefined;
}

/** Reads the lists of one piece of a document into drafts. */
export class ListReader {
  readonly #source: string;
  readonly #drafts: Draft[];

  constructor(source: string, drafts: Draft[]) {
    this.#source = source;
    this.#drafts = drafts;
  }

  list(list: List, place: ListPlace): void {
    list.children.forEach((entry, index) => {
      this.#entry(entry, place, list.ordered === true ? (list.start ?? 1) + index : undefined);
    });
  }

  #entry(entry: ListItem, place: ListPlace, number: number | undefined): void {
    const start = entry.position?.start.offset ?? 0;
    const head = entry.children[0];
    if (head?.type !== 'paragraph') {
      for (const child of entry.children) if (child.type === 'list') this.list(child, place);
      return;
    }
    const plain = flatten(head.children, this.#source);
    const marker = MARKER.exec(this.#source.slice(start, start + 24));
    const box = marker === null ? undefined : boxAt(this.#source, start + marker[0].length);
    const item = this.#item(entry, head, plain, box, place, number);
    if (item !== undefined) return;
    this.#detail(entry, plain, place, number);
  }

  /** An entry without a mark: a detail of the item around it, a place, or a title of the items in it. */
  #detail(entry: ListItem, plain: PlainText, place: ListPlace, number: number | undefined): void {
    const { owner } = place;
    const reader = owner ?? new ParticularsReader(this.#source);
    const lists = entry.children.filter((child) => child.type === 'list');
    const path = owner === undefined ? placeIn(plain) : undefined;
    if (owner !== undefined) {
      for (const child of entry.children) {
        if (child.type === 'paragraph') readLines(reader, flatten(child.children, this.#source), 'detail');
      }
    } else if (path === undefined && number === undefined) {
      this.#paragraph(entry, plain);
    }
    for (const list of lists) this.list(list, { lead: oneLine(plain.text), parent: place.parent, owner });
    if (owner !== undefined) return;
    if (path !== undefined) {
      this.#drafts.push({ kind: 'place', reference: path, lead: place.lead });
    } else if (number !== undefined) {
      this.#drafts.push({ kind: 'entry', number, item: this.#plainItem(entry, plain, place, number) });
    }
  }

  /** Fields and bars in a plain entry that stands outside any item; they may be about the section's. */
  #paragraph(entry: ListItem, plain: PlainText): void {
    const head = entry.children[0];
    const start = head?.position?.start.offset ?? 0;
    const end = head?.position?.end.offset ?? start;
    const reader = new ParticularsReader(this.#source);
    readLines(reader, plain, 'paragraph');
    const bars = barsIn(this.#source, start, end);
    if (reader.fields.length === 0 && bars.length === 0 && reader.links.length === 0 && reader.waiver === undefined)
      return;
    reader.references.length = 0;
    this.#drafts.push({
      kind: 'paragraph',
      span: { start, end },
      first: false,
      particulars: reader,
      status: undefined,
      priority: undefined,
      bars,
    });
  }

  /** What an unmarked entry would be as an item, for the case that it goes on with a numbered list of items. */
  #plainItem(entry: ListItem, plain: PlainText, place: ListPlace, number: number): ItemDraft {
    const reader = new ParticularsReader(this.#source);
    const end = headEnd(plain, 0);
    readLines(reader, plain, 'head');
    return this.#draft(entry, plain, { start: 0, end, number, place, reader, mark: undefined, form: 'continued' });
  }

  #item(
    entry: ListItem,
    head: Paragraph,
    plain: PlainText,
    box: MarkDraft | undefined,
    place: ListPlace,
    number: number | undefined,
  ): ItemDraft | undefined {
    const { text } = plain;
    let start = trimRange(text, 0, text.length).start;
    // Boxes that GitHub does not know, such as `[-]`, are still in the words.
    const boxEnd = box === undefined ? -1 : box.span.end;
    while (start < text.length && (plain.offsets[start] ?? 0) < boxEnd) start++;
    start = trimRange(text, start, text.length).start;
    if (box !== undefined && start >= text.length) return undefined;
    const reader = new ParticularsReader(this.#source);
    let end = headEnd(plain, start);
    let mark = box;
    let lead: FoundMark | undefined = emojiAt(plain, start, end);
    if (lead === undefined && box === undefined) lead = leadingWord(plain, start, end);
    if (lead !== undefined) {
      mark ??= lead.mark;
      start = lead.end + (/^[\s:\-–—]*/.exec(text.slice(lead.end, end))?.[0].length ?? 0);
    } else {
      const trailing = trailingMark(plain, start, end);
      if (trailing === undefined && box === undefined) return undefined;
      mark ??= trailing?.mark;
      if (trailing !== undefined) end = withoutTail(text, start, trailing.start);
    }
    if (trimRange(text, start, end).start >= end) return undefined;
    readLines(reader, plain, 'head', start);
    const index = this.#drafts.length;
    const form = box === undefined ? 'marked' : 'task';
    const own = { lead: '', parent: index, owner: reader };
    // The place in the order comes before the children's, the content after them is known.
    const draft = this.#draft(entry, plain, { start, end, number, place, reader, mark, form });
    this.#drafts.push(draft);
    for (const child of entry.children) {
      if (child === head) continue;
      if (child.type === 'list') this.list(child, own);
      else if (child.type === 'paragraph') readLines(reader, flatten(child.children, this.#source), 'detail');
      else if (child.type === 'html') reader.comments(commentPlain(child));
    }
    this.#drafts[index] = this.#draft(entry, plain, { start, end, number, place, reader, mark, form });
    return draft;
  }

  #draft(
    entry: ListItem,
    plain: PlainText,
    parts: {
      start: number;
      end: number;
      number: number | undefined;
      place: ListPlace;
      reader: ParticularsReader;
      mark: MarkDraft | undefined;
      form: ItemDraft['form'];
    },
  ): ItemDraft {
    const { start, end, reader, mark } = parts;
    const adorned = start + adornmentLength(plain.text.slice(start, end));
    const found = titleIn(plain, adorned < end ? adorned : start, end);
    if (found.due !== undefined && !reader.fields.some((field) => field.name === 'due')) {
      reader.bare('due', plain, found.due.start, found.due.end);
    }
    const line = linePriority(plain.text, start, end);
    const field = reader.fields.find(({ name }) => name === 'priority');
    const value = field === undefined ? undefined : priorityValue(field.value);
    const from = entry.position?.start.offset ?? 0;
    const statusField = mark === undefined ? reader.fields.find(({ name }) => name === 'status') : undefined;
    const status = statusField === undefined ? undefined : statusOfField(this.#source, statusField.span);
    return {
      kind: 'item',
      form: parts.form,
      span: { start: from, end: ownEnd(entry, this.#source) },
      title: found.title,
      titleSpan: sourceSpan(plain, found.start, found.end),
      detail: found.detail,
      status: (mark ?? status)?.status ?? 'open',
      mark: mark ?? status,
      priority:
        field !== undefined && value !== undefined
          ? { level: value.level, span: field.span }
          : line === undefined
            ? undefined
            : { level: line.level, circle: line.circle ?? '', span: sourceSpan(plain, line.start, line.end) },
      priorityFrom: field !== undefined && value !== undefined ? 'field' : 'item',
      particulars: reader,
      human: PERSON.test(plain.text.slice(start, end)),
      parent: parts.place.parent,
      lead: parts.place.lead,
      number: parts.number,
    };
  }
}

function statusOfField(source: string, span: Span): MarkDraft | undefined {
  const offsets = Array.from({ length: span.end - span.start + 1 }, (_, index) => span.start + index);
  const plain = { text: source.slice(span.start, span.end), offsets, code: [], strong: [], links: [], html: [] };
  return statusIn(plain)?.mark;
}

/** Comments that make up a block of their own inside an entry. */
function commentPlain({ position }: Html): PlainText {
  const span = { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
  return { text: '', offsets: [span.end], code: [], strong: [], links: [], html: [span] };
}

/** Where an entry's own lines end: before its first entry that is an item itself. Nested lists without marks belong to it. */
function ownEnd(entry: ListItem, source: string): number {
  const end = entry.position?.end.offset ?? 0;
  for (const child of entry.children) {
    if (child.type !== 'list') continue;
    for (const nested of child.children) {
      const start = nested.position?.start.offset ?? 0;
      const line = lineAt(source, start);
      const words = source.slice(start, Math.min(line?.end ?? end, start + 200));
      const marker = MARKER.exec(words);
      if (marker === null) continue;
      const rest = words.slice(marker[0].length);
      if (!/^\[[ xX~/>-]\]\s|\p{Extended_Pictographic}/u.test(rest)) continue;
      let stop = start;
      while (stop > 0 && /\s/.test(source[stop - 1] ?? '')) stop--;
      return stop;
    }
  }
  return end;
}

/** The file that an entry begins with, in code or as a link: an entry of a list of places. */
function placeIn(plain: PlainText): FileReference | undefined {
  const start = trimRange(plain.text, 0, plain.text.length).start;
  if (!insideAny(plain.code, start) && !insideAny(plain.links, start)) return undefined;
  const first = referencesIn(plain)[0];
  if (first === undefined || first.start !== start) return undefined;
  return { path: first.path, lines: first.lines, span: first.target ?? sourceSpan(plain, first.start, first.end) };
}
