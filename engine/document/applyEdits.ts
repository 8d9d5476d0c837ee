import type { Span, TextEdit } from '../api/finding.ts';

/** Applies edits that all refer to `text`; equal ones count once. `undefined` when two overlap or one is out of bounds. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = sortEdits(edits);
  let result = '';
  let end = 0;
  for (const edit of sorted) {
    if (edit.start < end || edit.end < edit.start || edit.end > text.length) return undefined;
    result += text.slice(end, edit.start) + edit.newText;
    end = edit.end;
  }
  return result + text.slice(end);
}

/** In order of position, duplicates dropped. Insertions at one place keep their order. */
function sortEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  const seen = new Set<string>();
  return edits
    .filter((edit) => {
      const key = `${edit.start}:${edit.end}:${edit.newText}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** True when two edits cannot both be applied. Insertions at the same place can. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The smallest single replacement that turns one text into another; `undefined` when they are equal. */
export function difference(path: string, before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { path, start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
