/** Lines and columns of a text, both from 1; columns count UTF-16 units, as editors do. */
export interface LineIndex {
  readonly count: number;
  /** A line without its line break and without a BOM. */
  textOf(line: number): string;
  positionAt(offset: number): { readonly line: number; readonly column: number };
}

/** Lines end with LF, CR LF or CR, like in editors. A BOM takes up no column: editors do not show it. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  const breaks = /\r\n|\n|\r/g;
  while (breaks.exec(text) !== null) starts.push(breaks.lastIndex);
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const startOf = (line: number) => (line === 1 ? bom : (starts[line - 1] ?? text.length));
  return {
    count: starts.length,
    textOf: (line) => text.slice(startOf(line), starts[line] ?? text.length).replace(/[\r\n]+$/, ''),
    positionAt(offset) {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return { line: low + 1, column: Math.max(0, offset - startOf(low + 1)) + 1 };
    },
  };
}
