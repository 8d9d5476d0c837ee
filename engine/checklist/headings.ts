import type { Heading } from 'mdast';
import { barsIn } from './bars.ts';
import type { HeadingDraft } from './drafts.ts';
import { boxAt, emojiAt, type FoundMark, leadingWord, type MarkDraft } from './marks.ts';
import { ParticularsReader } from './particulars.ts';
import { flatten, insideAny, type PlainText, sourceSpan, trimRange } from './plain.ts';
import { headingPriority } from './priorities.ts';
import { statusWordAt } from './statusWords.ts';
import { adornmentLength, dueIn, numberingLength, oneLine, withoutTail } from './titles.ts';

/** Words that may stand behind a mark in a heading without making it a part of a sentence. */
function endsHeading(plain: PlainText, start: number, end: number): boolean {
  const rest = trimRange(plain.text, start, end);
  if (rest.start >= rest.end) return true;
  const words = plain.text.slice(rest.start, rest.end);
  if (insideAny(plain.strong, rest.start)) return true;
  if (/^\([^()]*\)$/.test(words)) return true;
  return words === words.toUpperCase() && words.length <= 40;
}

/** A mark at the end of a heading, maybe with words of its own behind it: "Tests ⚠️ **CRITICAL**". */
function markBehind(plain: PlainText, start: number, end: number): FoundMark | undefined {
  for (let at = start + 1; at < end; at++) {
    const found = emojiAt(plain, at, end);
    if (found === undefined) continue;
    return endsHeading(plain, found.end, end) ? found : undefined;
  }
  return undefined;
}

/** A status word at the end, in brackets or behind a dash: "(COMPLETED)", "- Done". */
function wordBehind(plain: PlainText, start: number, end: number): FoundMark | undefined {
  const text = plain.text.slice(start, end);
  const match = /(?:[([]|\s[-–—:]\s+)([\p{L}'’/ -]{2,24})[)\]]?\s*$/u.exec(text.slice(-40));
  if (match?.[1] === undefined) return undefined;
  const at = start + Math.max(0, text.length - 40) + match.index + match[0].indexOf(match[1]);
  const word = statusWordAt(plain.text.slice(0, end), at);
  if (word === undefined || word.end !== at + match[1].trimEnd().length) return undefined;
  const span = sourceSpan(plain, at, word.end);
  return {
    mark: { kind: 'word', status: word.status, span, swaps: [] },
    start: start + Math.max(0, text.length - 40) + match.index,
    end: word.end,
  };
}

/** Reads a heading's words. `level` is given for text without Markdown, whose headings are numbered lines. */
export function readHeadingLine(
  plain: PlainText,
  source: string,
  place: { readonly level: number; readonly start: number; readonly end: number },
): HeadingDraft {
  const { text } = plain;
  const reader = new ParticularsReader(source);
  reader.words(plain);
  reader.comments(plain);
  let { start, end } = trimRange(text, 0, text.length);
  let mark: MarkDraft | undefined;
  let leading = false;
  const box = boxAt(`${text.slice(start, start + 4)} `, 0);
  // "3. ✅ Doors" has its number in front of the mark, "✅ 3. Doors" behind it.
  const inFront = numberingLength(text.slice(start, end));
  const ahead = emojiAt(plain, start + inFront, end) ?? leadingWord(plain, start + inFront, end);
  const behind = markBehind(plain, start, end) ?? wordBehind(plain, start, end);
  if (box !== undefined) {
    mark = { ...box, span: sourceSpan(plain, start, start + 3) };
    start += 3;
  } else if (ahead !== undefined) {
    mark = ahead.mark;
    leading = true;
    start = ahead.end + (/^[\s:\-–—]*/.exec(text.slice(ahead.end, end))?.[0].length ?? 0);
  } else if (behind !== undefined && trimRange(text, start, behind.start).start < behind.start) {
    mark = behind.mark;
  }
  if (behind !== undefined && behind.start > start) end = behind.start;
  start += adornmentLength(text.slice(start, end));
  const numbering = numberingLength(text.slice(start, end));
  start += numbering;
  const range = trimRange(text, Math.min(start, end), end);
  const title = text.slice(range.start, withoutTail(text, range.start, range.end));
  const priority = headingPriority(text);
  const due = dueIn(text);
  return {
    kind: 'heading',
    level: place.level,
    span: { start: place.start, end: place.end },
    title: oneLine(title),
    titleSpan: sourceSpan(plain, range.start, range.start + title.length),
    mark,
    leading,
    numbered: numbering > 0 || (leading && inFront > 0) || /^(?:task|step|item|issue|fix|todo)\s+\d/i.test(title),
    priority:
      priority === undefined
        ? undefined
        : {
            level: priority.level,
            circle: priority.circle ?? '',
            span: sourceSpan(plain, priority.start, priority.end),
          },
    due: due === undefined ? '' : oneLine(text.slice(due.start, due.end)),
    particulars: reader,
    bars: barsIn(source, place.start, place.end),
  };
}

export function readHeading(heading: Heading, source: string): HeadingDraft {
  return readHeadingLine(flatten(heading.children, source), source, {
    level: heading.depth,
    start: heading.position?.start.offset ?? 0,
    end: heading.position?.end.offset ?? 0,
  });
}
