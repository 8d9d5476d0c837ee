/** White space at the start of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
}

/** What the text indents by one level with, judged by its first indented line; two spaces when there is none. */
export function indentUnit(text: string): string {
  return /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1] ?? '  ';
}

/** The line end the text uses. */
export function lineEnd(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** True when nothing but white space stands before the offset in its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

/** What stands behind the last member of an object of several lines in this file; a comma where none shows. */
export function trailingComma(text: string): ',' | '' {
  const without = text.match(/^[ \t]*[\w'"]+: [^\n]*[^,;\s{([]\r?\n[ \t]*\}/gm)?.length ?? 0;
  const withComma = text.match(/^[ \t]*[\w'"]+: [^\n]*,\r?\n[ \t]*\}/gm)?.length ?? 0;
  return without > withComma ? '' : ',';
}

/** What has quotes that say nothing about the style: templates, comments, and attributes of markup. */
const FOREIGN = /`[^`]*(?:`|$)|\/\*[\s\S]*?(?:\*\/|$)|(?<!:)\/\/[^\n]*|=(?:"[^"\n]*"|'[^'\n]*')/g;

/** The quote that the modules a file imports stand in, else that of most of its texts. */
export function quoteMark(text: string): '"' | "'" {
  const [double, single] = ['"', "'"].map(
    (mark) => text.match(new RegExp(`\\b(?:from|import|require\\()\\s*${mark}`, 'g'))?.length ?? 0,
  );
  if (double !== single) return (double ?? 0) > (single ?? 0) ? '"' : "'";
  const code = text.replace(FOREIGN, '');
  return (code.match(/"/g)?.length ?? 0) > (code.match(/'/g)?.length ?? 0) ? '"' : "'";
}
