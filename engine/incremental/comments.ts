import type { SourceComment } from '../api/rule.ts';
import { commentAt } from '../document/commentAt.ts';
import type { ts } from '../ts.ts';

/** The comments of a file that hold one of some words, each once, in source order. `placesOf` knows where words stand. */
export function commentsHolding(
  file: ts.SourceFile,
  words: readonly string[],
  placesOf: (word: string) => readonly number[],
): readonly SourceComment[] {
  const { text } = file;
  const byStart = new Map<number, SourceComment>();
  for (const word of words) {
    let end = 0;
    for (const at of placesOf(word)) {
      const comment = at < end ? undefined : commentAt(file, at);
      if (comment === undefined) continue;
      ({ end } = comment);
      const { start } = comment;
      byStart.set(start, { start, end, text: text.slice(start, end), beside: commentsBeside(file, start, end) });
    }
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

/** The comment that the line above ends with, where nothing but a comment is on it, and the one that the line below begins with. */
function commentsBeside(file: ts.SourceFile, start: number, end: number): readonly string[] {
  const { text } = file;
  const found: string[] = [];
  const above = text.slice(0, text.lastIndexOf('\n', start - 1) + 1).trimEnd();
  const lastLine = above.slice(above.lastIndexOf('\n') + 1);
  if (lines(text, above.length, start) === 1) {
    const comment = commentAt(file, above.length - 1);
    const isAlone = comment !== undefined && startsItsLine(text, comment.start);
    if (comment !== undefined && isAlone && lastLine !== '') found.push(text.slice(comment.start, comment.end));
  }
  const below = /^[ \t]*\r?\n[ \t]*(?=\/[/*])/.exec(text.slice(end, end + 500));
  if (below !== null) {
    const comment = commentAt(file, end + below[0].length);
    if (comment !== undefined) found.push(text.slice(comment.start, comment.end));
  }
  return found;
}

function startsItsLine(text: string, offset: number): boolean {
  return /(?:^|\n)[ \t]*\{?[ \t]*$/.test(text.slice(Math.max(0, offset - 500), offset));
}

function lines(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}
