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
const RAW = /^ {0,3}<(pre|script|style|textarea)\b/i;

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
  #fence: { readonly char: string; readonly length: number; readonly listed: boolean } | undefined;
  /** What ends the comment or raw HTML that is open. */
  #until: string | undefined;
  #blank = true;
  #inList = false;

  reset(): void {
    this.#fence = undefined;
    this.#until = undefined;
    this.#blank = true;
    this.#inList = false;
  }

  /** `open`: the line is code or raw HTML, or ends such. The rest is about what stands before the line. */
  take(words: string): { open: boolean; blankBefore: boolean; inList: boolean } {
    const before = { blankBefore: this.#blank, inList: this.#inList };
    const blank = words.trim() === '';
    if (this.#fence?.listed && !blank && !/^\s/.test(words)) this.#fence = undefined;
    if (this.#fence !== undefined) {
      const close = FENCE.exec(words);
      const { char, length } = this.#fence;
      if (close?.[1]?.startsWith(char) && close[1].length >= length && words.slice(close[0].length).trim() === '') {
        this.#fence = undefined;
      }
      this.#blank = false;
      return { open: true, ...before };
    }
    if (this.#until !== undefined) {
      if (words.toLowerCase().includes(this.#until)) this.#until = undefined;
      this.#blank = false;
      return { open: true, ...before };
    }
    this.#list(words, blank);
    this.#blank = blank;
    return { open: this.#opens(words), ...before };
  }

  #list(words: string, blank: boolean): void {
    if (blank || /^\s/.test(words)) return;
    if (MARKER.test(words)) this.#inList = true;
    else if (this.#blank || HEADING.test(words)) this.#inList = false;
  }

  #opens(words: string): boolean {
    const inItem = LISTED_FENCE.exec(words);
    const fence = inItem ?? FENCE.exec(words);
    const marks = fence?.[1];
    const indent = /^\s*/.exec(words)?.[0].length ?? 0;
    if (fence !== null && marks !== undefined) {
      const rest = words.slice(fence[0].length);
      const code = indent < 4 || this.#inList;
      if (code && !(marks.startsWith('`') && rest.includes('`'))) {
        const listed = inItem !== null || (this.#inList && indent > 1);
        this.#fence = { char: marks.charAt(0), length: marks.length, listed };
        return true;
      }
    }
    const raw = RAW.exec(words)?.[1]?.toLowerCase();
    if (raw !== undefined && !words.toLowerCase().includes(`</${raw}`)) this.#until = `</${raw}`;
    const comment = words.lastIndexOf('<!--');
    if (comment >= 0 && !words.includes('-->', comment)) this.#until = '-->';
    return this.#until !== undefined && raw !== undefined;
  }
}
