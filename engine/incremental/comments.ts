import type { SourceComment } from '../api/rule.ts';
import { commentAt } from '../document/commentAt.ts';
import type { ts } from '../ts.ts';

/** The comments of a file that hold one of some words, each once, in source order. */
export function commentsHolding(file: ts.SourceFile, words: readonly string[]): readonly SourceComment[] {
  const { text } = file;
  const byStart = new Map<number, SourceComment>();
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; ) {
      const comment = commentAt(file, at);
      if (comment !== undefined) {
        const { start, end } = comment;
        byStart.set(start, { start, end, text: text.slice(start, end), beside: commentsBeside(file, start, end) });
      }
      at = text.indexOf(word, Math.max(comment?.end ?? 0, at + word.length));
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
