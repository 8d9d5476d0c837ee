import type { Paragraph, RootContent } from 'mdast';
import { markdown } from '../formats/markdown.ts';
import type { FormatProblem } from '../formats/types.ts';
import { barsIn } from './bars.ts';
import { readComments } from './comments.ts';
import type { Draft } from './drafts.ts';
import { readHeading } from './headings.ts';
import { ListReader } from './listEntries.ts';
import { statusIn } from './marks.ts';
import { ParticularsReader, readLines } from './particulars.ts';
import { flatten, type PlainText, trimRange } from './plain.ts';
import { priorityValue } from './priorities.ts';
import { readTable } from './tables.ts';
import { oneLine } from './titles.ts';

/** What a piece of Markdown says, with spans relative to the piece. */
export interface ChunkDrafts {
  readonly drafts: readonly Draft[];
  readonly problems: readonly FormatProblem[];
}

/** Reads a piece of Markdown that stands by itself. */
export function readChunk(source: string): ChunkDrafts {
  const document = markdown.parse(source);
  if (document.language !== 'markdown') return { drafts: [], problems: [] };
  const drafts: Draft[] = [];
  const reader = new BlockReader(source, drafts);
  for (const node of document.root.children) reader.block(node);
  return { drafts, problems: document.problems };
}

class BlockReader {
  readonly #source: string;
  readonly #drafts: Draft[];
  readonly #lists: ListReader;
  /** The words of the paragraph in front, which introduce a list. */
  #lead = '';
  #first = false;

  constructor(source: string, drafts: Draft[]) {
    this.#source = source;
    this.#drafts = drafts;
    this.#lists = new ListReader(source, drafts);
  }

  block(node: RootContent): void {
    const lead = this.#lead;
    const first = this.#first;
    this.#lead = '';
    this.#first = false;
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    switch (node.type) {
      case 'heading':
        this.#drafts.push(readHeading(node, this.#source));
        this.#first = true;
        break;
      case 'list':
        this.#lists.list(node, { lead, parent: undefined, owner: undefined });
        break;
      case 'table':
        readTable(node, this.#source, this.#drafts);
        break;
      case 'paragraph':
        this.#paragraph(node, first);
        break;
      case 'code':
        // Programs talk of percentages too; a picture of blocks is meant for people.
        this.#bare(
          start,
          end,
          barsIn(this.#source, start, end).filter(
            ({ blocksSpan }) => blocksSpan !== undefined || /^(?:te?xt|plain)?$/i.test(node.lang ?? ''),
          ),
        );
        break;
      case 'html':
        this.#comment(start, end);
        // A comment between a heading and its fields does not part them.
        this.#first = first;
        this.#lead = lead;
        break;
      case 'blockquote':
        for (const child of node.children) this.block(child);
        break;
    }
  }

  #paragraph(node: Paragraph, first: boolean): void {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    const plain = flatten(node.children, this.#source);
    this.#lead = leadOf(plain);
    const reader = new ParticularsReader(this.#source);
    readLines(reader, plain, 'paragraph');
    if (!isPathLabel(plain)) {
      // Prose mentions many files; those in its fields are meant.
      const inFields = reader.references.filter(({ span }) =>
        reader.fields.some((field) => field.span.start <= span.start && span.end <= field.span.end),
      );
      reader.references.splice(0, Number.POSITIVE_INFINITY, ...inFields);
      reader.links.splice(0, Number.POSITIVE_INFINITY, ...reader.links.filter(({ from }) => from === 'comment'));
    }
    const bars = barsIn(this.#source, start, end);
    const { fields, references, links, waiver, gate } = reader;
    if (
      fields.length + references.length + links.length + bars.length === 0 &&
      waiver === undefined &&
      gate === undefined
    )
      return;
    const statusField = fields.find(({ name }) => name === 'status');
    const priorityField = fields.find(({ name }) => name === 'priority');
    const level = priorityField === undefined ? undefined : priorityValue(priorityField.value)?.level;
    this.#drafts.push({
      kind: 'paragraph',
      span: { start, end },
      first,
      particulars: reader,
      status: statusField === undefined ? undefined : statusMark(plain, statusField.span, this.#source),
      priority: priorityField === undefined || level === undefined ? undefined : { level, span: priorityField.span },
      bars,
    });
  }

  #bare(start: number, end: number, bars: ReturnType<typeof barsIn>): void {
    if (bars.length === 0) return;
    this.#push(start, end, new ParticularsReader(this.#source), bars);
  }

  #comment(start: number, end: number): void {
    const { links, waiver } = readComments(this.#source, [{ start, end }]);
    if (links.length === 0 && waiver === undefined) return;
    const reader = new ParticularsReader(this.#source);
    reader.links.push(...links);
    reader.waiver = waiver;
    this.#push(start, end, reader, []);
  }

  #push(start: number, end: number, particulars: ParticularsReader, bars: ReturnType<typeof barsIn>): void {
    this.#drafts.push({
      kind: 'paragraph',
      span: { start, end },
      first: false,
      particulars,
      status: undefined,
      priority: undefined,
      bars,
    });
  }
}

/** The last line of a paragraph, when it introduces what follows: it ends with a colon, or is all bold. */
function leadOf(plain: PlainText): string {
  const range = trimRange(plain.text, plain.text.lastIndexOf('\n') + 1, plain.text.length);
  const line = plain.text.slice(range.start, range.end);
  const bold = plain.strong.some((span) => span.start <= range.start && span.end >= range.end);
  return line.endsWith(':') || bold ? oneLine(line.replace(/:$/, '')) : '';
}

/** A paragraph that is a path in bold, as a title of what is said of that file. */
function isPathLabel(plain: PlainText): boolean {
  const words = plain.text.replace(/:\s*$/, '');
  const range = trimRange(words, 0, words.length);
  return plain.code.some((code) => code.start === range.start && code.end === range.end);
}

function statusMark(plain: PlainText, span: { start: number; end: number }, source: string) {
  const start = plain.offsets.findIndex((offset) => offset >= span.start);
  let end = start;
  while (end < plain.text.length && (plain.offsets[end] ?? span.end) < span.end) end++;
  return start < 0 ? undefined : statusIn(plain, start, end, source)?.mark;
}
