/** One line of a text: `[start, end)` without its line break, and where the next line begins. */
export interface TextLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The line that begins at `start`, ended by LF, CRLF or the end of the text. `undefined` behind the end. */
export function lineAt(text: string, start: number): TextLine | undefined {
  if (start >= text.length) return undefined;
  const lineFeed = text.indexOf('\n', start);
  if (lineFeed < 0) return { start, end: text.length, next: text.length };
  const end = lineFeed > start && text.charCodeAt(lineFeed - 1) === 13 ? lineFeed - 1 : lineFeed;
  return { start, end, next: lineFeed + 1 };
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** First offset from `start` on, below `end`, that is no blank. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Where the text before `end` stops once trailing blanks are left out; not below `start`. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
