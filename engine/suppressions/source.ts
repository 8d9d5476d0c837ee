import type { DocumentLanguage } from '../formats/languages.ts';
import type { FormatDocument } from '../formats/types.ts';
import type { ts } from '../ts.ts';

/** A document as suppressions read it: its text and the tree that tells comments from strings. */
export interface SuppressionSource {
  readonly path: string;
  readonly text: string;
  readonly language: DocumentLanguage;
  /** The tree of source code. */
  readonly file?: ts.SourceFile;
  /** The tree of a text format. */
  readonly document?: FormatDocument;
  /** Where a word begins in the text, in order. */
  placesOf(word: string): readonly number[];
}

/** Where the line of an offset begins; behind a byte order mark on the first one. */
export function lineStart(text: string, offset: number): number {
  const start = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  if (lineFeed < 0) return text.length;
  return lineFeed > offset && text.charCodeAt(lineFeed - 1) === 13 ? lineFeed - 1 : lineFeed;
}

/** Where the line behind an offset's begins; `undefined` on the last one. */
export function nextLine(text: string, offset: number): number | undefined {
  const lineFeed = text.indexOf('\n', offset);
  return lineFeed < 0 ? undefined : lineFeed + 1;
}

/** The blanks a line begins with. */
export function indentAt(text: string, start: number): string {
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}
