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
      if (comment !== undefined)
        byStart.set(comment.start, { ...comment, text: text.slice(comment.start, comment.end) });
      at = text.indexOf(word, Math.max(comment?.end ?? 0, at + word.length));
    }
  }
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}
