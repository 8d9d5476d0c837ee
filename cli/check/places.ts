import { relative } from 'node:path';
import type { Span } from '#engine/api/finding.ts';
import type { ReportedPlace } from '../report.ts';
import { type LineIndex, lineIndex } from '../reporters/lineIndex.ts';

/** Turns paths and offsets into what people read, and remembers the lines of the files it touched. */
export interface Places {
  place(path: string, span: Span): ReportedPlace;
  relative(path: string): string;
  /** By relative path. */
  lines(path: string): LineIndex | undefined;
}

/** Places relative to a folder, read through the text that was analysed. */
export function createPlaces(cwd: string, textOf: (path: string) => string | undefined): Places {
  const indexes = new Map<string, LineIndex>();
  const shown = (path: string) => {
    const short = relative(cwd, path).replaceAll('\\', '/');
    return short === '' ? '.' : short;
  };
  return {
    relative: shown,
    lines: (path) => indexes.get(path),
    place(path, { start, end }) {
      const name = shown(path);
      const lines = indexes.get(name) ?? lineIndex(textOf(path) ?? '');
      indexes.set(name, lines);
      const from = lines.positionAt(start);
      const to = lines.positionAt(end);
      return { path: name, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
  };
}
