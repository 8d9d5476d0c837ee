import type { Span } from '../api/finding.ts';
import type { ItemStatus } from './model.ts';
import { insideAny, type PlainText, sourceSpan, trimRange } from './plain.ts';
import { oppositeWord, type StatusWord, statusWordAt } from './statusWords.ts';
import { symbolAt } from './symbols.ts';

/** A mark as read; spans are offsets into the source that was read. */
export interface MarkDraft {
  readonly kind: 'box' | 'emoji' | 'word';
  readonly status: ItemStatus;
  readonly span: Span;
  /** What a toggle replaces inside the span; empty when there is no opposite. A box decides when it is toggled. */
  readonly swaps: readonly (Span & { readonly newText: string })[];
}

export interface FoundMark {
  readonly mark: MarkDraft;
  /** Range in the plain text. */
  readonly start: number;
  readonly end: number;
}

const BOX = /^\[([ xX~/>-])\](?=\s)/;
const BOXES: Readonly<Record<string, ItemStatus>> = {
  ' ': 'open',
  x: 'done',
  X: 'done',
  '~': 'inProgress',
  '/': 'inProgress',
  '-': 'dropped',
  '>': 'waiting',
};

/** A box such as `[x]` at an offset of the source. */
export function boxAt(source: string, offset: number): MarkDraft | undefined {
  const letter = BOX.exec(source.slice(offset, offset + 4))?.[1];
  const status = letter === undefined ? undefined : BOXES[letter];
  if (status === undefined) return undefined;
  return { kind: 'box', status, span: { start: offset, end: offset + 3 }, swaps: [] };
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

/** Words that end what a mark says: the end, or a dash or colon in front of more words. */
const SEPARATOR = /^\s*(?:$|[-–—:](?:\s|$)|[|,;.](?:\s|$))/;

/**
 * A picture at an offset of a plain text, with the status word behind it when that word stands by itself: "✅ **COMPLETED**
 * - fixed it" but not "✅ Created the script". `expected`: in a cell or field that is about status.
 */
export function emojiAt(plain: PlainText, offset: number, end: number, expected = false): FoundMark | undefined {
  const { text } = plain;
  const symbol = symbolAt(text, offset, expected);
  if (symbol === undefined) return undefined;
  const symbolEnd = offset + symbol.length;
  const place = sourceSpan(plain, offset, symbolEnd);
  const swap = symbol.opposite === undefined ? [] : [{ ...place, newText: symbol.opposite }];
  const at = skipBlanks(text, symbolEnd);
  const word = at < end ? statusWordAt(text.slice(0, end), at) : undefined;
  if (word !== undefined && (SEPARATOR.test(text.slice(word.end, end)) || standsOut(plain, at, word.end))) {
    const wordPlace = sourceSpan(plain, at, word.end);
    const opposite = oppositeWord(text.slice(at, word.end));
    // In "✅ Partial" the picture says already what the word will.
    const agreeing = (symbol.status === 'done') === (word.status === 'done') ? swap : [];
    return {
      mark: {
        kind: 'emoji',
        status: word.status,
        span: { start: place.start, end: wordPlace.end },
        swaps: swap.length === 0 || opposite === undefined ? [] : [...agreeing, { ...wordPlace, newText: opposite }],
      },
      start: offset,
      end: word.end,
    };
  }
  return { mark: { kind: 'emoji', status: symbol.status, span: place, swaps: swap }, start: offset, end: symbolEnd };
}

/** All capitals, or all there is in bold. */
function standsOut(plain: PlainText, start: number, end: number): boolean {
  const word = plain.text.slice(start, end);
  if (word.length > 2 && word === word.toUpperCase()) return true;
  return plain.strong.some(
    (bold) => bold.start <= start && /^[\s:]*$/.test(plain.text.slice(end, bold.end)) && bold.end >= end,
  );
}

/** A status word that fills a range, as in a cell or a field. Words behind it may say more: "Not Started (blocked)". */
export function wordAt(plain: PlainText, start: number, end: number): FoundMark | undefined {
  const word = statusWordAt(plain.text.slice(0, end), start);
  if (word === undefined) return undefined;
  if (!/^\s*(?:$|[-–—:(,;.|])/.test(plain.text.slice(word.end, end))) return undefined;
  return { mark: wordMark(plain, start, word), start, end: word.end };
}

/** The status in a cell or field: a picture, a box or a word at its start. */
export function statusIn(plain: PlainText, start = 0, end = plain.text.length, source = ''): FoundMark | undefined {
  const range = trimRange(plain.text, start, end);
  const box = boxAt(`${source.slice(plain.offsets[range.start], plain.offsets[range.end])} `, 0);
  if (box !== undefined) {
    const from = plain.offsets[range.start] ?? 0;
    return { mark: { ...box, span: { start: from, end: from + 3 } }, start: range.start, end: range.start + 3 };
  }
  return emojiAt(plain, range.start, range.end, true) ?? wordAt(plain, range.start, range.end);
}

/** A word in bold capitals or brackets in front of a dash or colon: "**DONE** - …", "[TODO] …". */
export function leadingWord(plain: PlainText, start: number, end: number): FoundMark | undefined {
  const bracket = plain.text[start] === '[' ? 1 : 0;
  const word = statusWordAt(plain.text.slice(0, end), start + bracket);
  if (word === undefined) return undefined;
  const written = plain.text.slice(start + bracket, word.end);
  if (written !== written.toUpperCase()) return undefined;
  const rest = plain.text.slice(word.end, end);
  if (bracket === 1 ? !rest.startsWith('] ') : !insideAny(plain.strong, start) || !/^:?\s*[-–—:]?\s/.test(rest)) {
    return undefined;
  }
  return { mark: wordMark(plain, start + bracket, word), start, end: word.end + bracket };
}

/**
 * A picture at the end of a line, with nothing behind it but a status word and brackets: "Rate limits ✅ FIXED", "Tests ⚠️
 * (slow)".
 */
export function trailingMark(plain: PlainText, start: number, end: number): FoundMark | undefined {
  // A status and what may stand behind it are short; looking further back would only find prose.
  for (let at = Math.max(start + 1, end - 90); at < end; at++) {
    const found = emojiAt(plain, at, end);
    if (found === undefined) continue;
    if (/^\**\s*(?:\([^()]{0,60}\)\s*)?$/.test(plain.text.slice(found.end, end))) return found;
    at = found.end - 1;
  }
  return undefined;
}

function wordMark(plain: PlainText, start: number, { status, end }: StatusWord): MarkDraft {
  const span = sourceSpan(plain, start, end);
  const opposite = oppositeWord(plain.text.slice(start, end));
  return { kind: 'word', status, span, swaps: opposite === undefined ? [] : [{ ...span, newText: opposite }] };
}
