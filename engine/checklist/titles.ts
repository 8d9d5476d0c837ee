import { insideAny, type PlainText, trimRange } from './plain.ts';

/** Where the title of an item is, and the words behind it, as ranges of the plain text. */
export interface FoundTitle {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly detail: string;
  /** Time that stands in front of the title in bold ("Day 1-2:") or in brackets behind it ("(Week 6)"). */
  readonly due: { readonly start: number; readonly end: number } | undefined;
}

const DUE_AHEAD = /^(?:day|week|month|sprint)s?[\s\u00a0\u202f]+\d+(?:\s*[-–‑]\s*\d+)?(?=:)/i;
const DUE_BEHIND =
  /\((?:due:?\s+|by\s+)?((?:(?:day|week|month|sprint)s?[\s\u00a0\u202f]+\d[^()]{0,20}|q[1-4]\b[^()]{0,10}|(?:this|next)\s+(?:\d+\s+)?(?:day|week|month|quarter|sprint)s?|\d{4}-\d{2}-\d{2}))\)/i;
/** A dash between blanks parts title and detail. */
const DASH = /\s+[-–—]\s+/g;

/** The time in brackets in a title or heading. */
export function dueIn(text: string): { readonly start: number; readonly end: number } | undefined {
  const match = DUE_BEHIND.exec(text);
  if (match?.[1] === undefined) return undefined;
  const start = match.index + match[0].indexOf(match[1]);
  return { start, end: start + match[1].length };
}

/** A range of a text without the blanks, dashes and colons at its end. */
export function withoutTail(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /[\s:\-–—]/.test(text[at - 1] ?? '')) at--;
  return at;
}

export function oneLine(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
}

/** Numbers and letters in front of a title: "3.", "A)", "2.1". */
export function numberingLength(text: string): number {
  const keycap = /^\d{1,2}\ufe0f?\u20e3[\s\u00a0\u202f]*/.exec(text);
  return (
    (keycap ?? /^(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?|[A-Za-z][.)])[\s\u00a0\u202f]+/.exec(text))?.[0]
      .length ?? 0
  );
}

/** Length of pictures and blanks in front of a title. */
export function adornmentLength(text: string): number {
  return /^(?:\p{Extended_Pictographic}|\ufe0f|\u200d|\s|[\u{1f3fb}-\u{1f3ff}])*/u.exec(text)?.[0].length ?? 0;
}

function inBrackets(ahead: string): boolean {
  return ahead.split('(').length > ahead.split(')').length;
}

/**
 * Parts the lines of an item, from behind its mark to where its fields begin, into title and detail. `whole`: all of it is
 * the title.
 */
export function titleIn(plain: PlainText, start: number, end: number, whole = false): FoundTitle {
  const { text } = plain;
  let range = trimRange(text, start, end);
  let due: FoundTitle['due'];
  const bold = plain.strong.find(
    (span) => span.start >= range.start && /^\s*$/.test(text.slice(range.start, span.start)),
  );
  const ahead = DUE_AHEAD.exec(text.slice(range.start, range.end));
  if (ahead !== null && bold !== undefined) {
    due = { start: range.start, end: range.start + ahead[0].length };
    range = trimRange(text, due.end + 1, range.end);
  }
  // A title is not longer than this; what parts it from its detail is not looked for behind.
  const words = text.slice(range.start, Math.min(range.end, range.start + 400));
  let titleEnd = range.end;
  let detailStart = range.end;
  const boldEnd = bold !== undefined && due === undefined ? bold.end : -1;
  const behindBold = boldEnd < 0 ? null : /^\s*[-–—]\s+/.exec(text.slice(boldEnd, range.end));
  if (!whole && behindBold !== null) {
    titleEnd = boldEnd;
    detailStart = boldEnd + behindBold[0].length;
  } else if (!whole) {
    DASH.lastIndex = 0;
    for (let match = DASH.exec(words); match !== null; match = DASH.exec(words)) {
      const at = range.start + match.index;
      if (match.index < 3 || insideAny(plain.code, at + 1)) continue;
      // Bold letters or brackets around a dash make it a part of the title.
      if (insideAny(plain.strong, at + 1) || inBrackets(words.slice(0, match.index))) continue;
      titleEnd = at;
      detailStart = at + match[0].length;
      break;
    }
  }
  let title = trimRange(text, range.start, titleEnd);
  if (text[title.end - 1] === ':' && title.end - title.start > 1) title = { start: title.start, end: title.end - 1 };
  const found = dueIn(text.slice(range.start, range.end));
  if (due === undefined && found !== undefined) {
    due = { start: range.start + found.start, end: range.start + found.end };
  }
  return {
    title: oneLine(text.slice(title.start, title.end)),
    start: title.start,
    end: title.end,
    detail: oneLine(text.slice(detailStart, range.end)),
    due,
  };
}
