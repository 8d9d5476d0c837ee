import { lineAt, type TextLine } from '../formats/lines.ts';
import type { ItemDraft } from './drafts.ts';
import { readTabTable } from './tabTables.ts';

/** A piece of a document that means the same when it is read by itself. */
export type Piece =
  | { readonly kind: 'markdown'; readonly start: number; readonly end: number }
  | { readonly kind: 'numbered'; readonly start: number; readonly end: number; readonly level: number }
  | { readonly kind: 'table'; readonly start: number; readonly end: number; readonly items: readonly ItemDraft[] };

export interface SplitText {
  readonly pieces: readonly Piece[];
  /** The text has numbered lines for headings ("3️⃣ Security"); a `#` in it is a comment that was pasted along. */
  readonly numbered: boolean;
}

/** Pieces grow to this many characters before they end at a place other than a heading. */
const SIZE = 4_000;

const KEYCAP = /^\d{1,2}\ufe0f?\u20e3\s+\S/;
const NUMBERED = /^\d{1,2}\.\d{1,2}[\s\u00a0\u202f]+\S.{0,80}$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const MARKER = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const FENCE = /^[ \t]*(`{3,}|~{3,})/;
const LISTED_FENCE = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(`{3,}|~{3,})/;
const RAW = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?<(?:(!--)|(pre|script|style|textarea)(?=[\s>]|$))/i;

/** More lines with a digit on a key than headings below the title. */
function hasNumberedHeadings(text: string): boolean {
  const keycaps = text.match(/^\d{1,2}\ufe0f?\u20e3\s+\S/gm)?.length ?? 0;
  return keycaps > 1 && keycaps > (text.match(/^#{2,6}[ \t]/gm)?.length ?? 0);
}

/**
 * Splits a text where everything before is closed: at headings, and, once a piece is long, at unindented lines that a blank
 * line or a list precedes. Pieces are parsed by themselves, which bounds what the Markdown parser has to hold at once, and
 * spares reading again what an edit has not touched.
 */
export function splitText(text: string): SplitText {
  const numbered = hasNumberedHeadings(text);
  const pieces: Piece[] = [];
  // The parser would drop a byte order mark without counting it.
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  /** Up to where a table was found that lists no items. */
  let looked = 0;
  const scan = new Scanner();
  const cut = (at: number) => {
    if (at > start) pieces.push({ kind: 'markdown', start, end: at });
    start = at;
  };
  for (let line = lineAt(text, start); line !== undefined; ) {
    const words = text.slice(line.start, Math.min(line.end, line.start + 400));
    const { open, blankBefore, inList } = scan.take(words);
    if (!open) {
      const table = line.start >= looked && words.includes('\t') ? readTabTable(text, line) : undefined;
      looked = table?.end ?? looked;
      if (table?.items !== undefined) {
        cut(line.start);
        pieces.push({ kind: 'table', start: line.start, end: table.end, items: table.items });
        start = table.end;
        scan.reset();
        line = lineAt(text, table.end);
        continue;
      }
      const level = numbered ? numberedLevel(words, line) : 0;
      if (level > 0) {
        cut(line.start);
        pieces.push({ kind: 'numbered', start: line.start, end: line.end, level });
        start = line.next;
        scan.reset();
      } else if (blankBefore && HEADING.test(words)) cut(line.start);
      else if (line.start - start >= SIZE && /^[^\s]/.test(words) && (blankBefore || (inList && MARKER.test(words)))) {
        cut(line.start);
      }
    }
    line = lineAt(text, line.next);
  }
  cut(text.length);
  return { pieces, numbered };
}

function numberedLevel(words: string, line: TextLine): number {
  if (KEYCAP.test(words)) return 2;
  return line.end - line.start < 100 && NUMBERED.test(words) ? 3 : 0;
}

/** Follows what may hold a line without looking like it: fenced code, comments, raw HTML, lists. */
class Scanner {
  /** `listed`: it is part of a list item, and ends with it. */
  #fence: { readonly char: string; readonly length: number; readonly listed: boolean } | undefined;
  /** What ends the comment or raw HTML that is open. */
  #raw: { readonly until: string; readonly listed: boolean } | undefined;
  #blank = true;
  /** Column of the words of the unindented list item that is open. */
  #item: number | undefined;

  reset(): void {
    this.#fence = undefined;
    this.#raw = undefined;
    this.#blank = true;
    this.#item = undefined;
  }

  /** `open`: the line is code or raw HTML, or ends such. The rest is about what stands before the line. */
  take(words: string): { open: boolean; blankBefore: boolean; inList: boolean } {
    const before = { blankBefore: this.#blank, inList: this.#item !== undefined };
    const blank = words.trim() === '';
    const outside = !blank && !/^\s/.test(words);
    if (outside && this.#fence?.listed) this.#fence = undefined;
    if (outside && this.#raw?.listed) this.#raw = undefined;
    if (this.#fence !== undefined || this.#raw !== undefined) {
      this.#end(words);
      this.#blank = false;
      return { open: true, ...before };
    }
    if (outside) this.#list(words);
    this.#blank = blank;
    return { open: this.#opens(words), ...before };
  }

  /** Ends code and raw HTML with their last line. */
  #end(words: string): void {
    if (this.#fence !== undefined) {
      const close = FENCE.exec(words);
      const { char, length } = this.#fence;
      const ends = close?.[1]?.startsWith(char) === true && close[1].length >= length;
      if (ends && words.slice(close[0].length).trim() === '') this.#fence = undefined;
    } else if (this.#raw !== undefined && words.toLowerCase().includes(this.#raw.until)) this.#raw = undefined;
  }

  #list(words: string): void {
    const marker = MARKER.exec(words);
    if (marker !== null) this.#item = marker[0].trimEnd().length + 1;
    else if (this.#blank || HEADING.test(words)) this.#item = undefined;
  }

  #opens(words: string): boolean {
    const indent = /^\s*/.exec(words)?.[0].length ?? 0;
    const inItem = MARKER.test(words) || (this.#item !== undefined && indent >= this.#item);
    if (indent > 3 && !inItem) return false;
    const fence = LISTED_FENCE.exec(words) ?? FENCE.exec(words);
    const marks = fence?.[1];
    if (fence !== null && marks !== undefined) {
      if (marks.startsWith('`') && words.slice(fence[0].length).includes('`')) return false;
      this.#fence = { char: marks.charAt(0), length: marks.length, listed: inItem };
      return true;
    }
    const raw = RAW.exec(words);
    if (raw === null) return false;
    const until = raw[1] === undefined ? `</${raw[2]?.toLowerCase()}` : '-->';
    if (!words.toLowerCase().slice(raw[0].length).includes(until)) this.#raw = { until, listed: inItem };
    return this.#raw !== undefined;
  }
}
