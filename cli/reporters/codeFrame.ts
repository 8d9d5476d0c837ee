import { visible } from '#engine/document/visible.ts';
import type { Colors } from '../terminal.ts';
import { displayWidth } from './displayWidth.ts';
import type { LineIndex } from './lineIndex.ts';

export interface FramePlace {
  /** From 1; the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

const MAX_LINES = 4;
const CONTEXT = 1;
const TAB = '  ';

/** The lines of a place with those around them. Long lines are cut around the place, which is underlined if it is in one. */
export function codeFrame(lines: LineIndex, place: FramePlace, width: number, colors: Colors): readonly string[] {
  const lastMarked = Math.min(place.endLine, place.line + MAX_LINES - 1);
  const isWhole = lastMarked === place.endLine;
  const shown = { first: Math.max(1, place.line - CONTEXT), last: lastMarked };
  if (isWhole) shown.last = Math.min(lines.count, lastMarked + CONTEXT);
  while (shown.first < place.line && isBlank(lines, shown.first)) shown.first++;
  while (shown.last > lastMarked && isBlank(lines, shown.last)) shown.last--;

  const gutter = String(shown.last).length;
  const room = Math.max(20, width - gutter - 5);
  const beside = `  ${' '.repeat(gutter)} ${colors.dim('|')}`;
  const frame: string[] = [];
  for (let line = shown.first; line <= shown.last; line++) {
    const from = line === place.line ? place.column - 1 : 0;
    const cut = cutAround(lines.textOf(line), from, room);
    const sign = line >= place.line && line <= lastMarked ? colors.red('>') : ' ';
    frame.push(`${sign} ${colors.dim(`${String(line).padStart(gutter)} |`)} ${cut.text}`.trimEnd());
    if (line !== place.line || place.line !== place.endLine) continue;
    const before = displayWidth(cut.shown(0, from));
    const under = Math.min(displayWidth(cut.shown(from, place.endColumn - 1)), room - before);
    frame.push(`${beside} ${' '.repeat(before)}${colors.red('^'.repeat(Math.max(1, under)))}`);
  }
  const more = place.endLine - lastMarked;
  if (!isWhole) frame.push(`${beside}${colors.dim(` … ${more} more ${more === 1 ? 'line' : 'lines'}`)}`);
  return frame;
}

function isBlank(lines: LineIndex, line: number): boolean {
  return lines.textOf(line).trim() === '';
}

/** The part of a line that fits, around a column; `shown` gives what is on screen between two columns of the line. */
function cutAround(
  line: string,
  column: number,
  room: number,
): { text: string; shown(from: number, to: number): string } {
  const start = line.length <= room || column < room * 0.7 ? 0 : Math.max(0, column - Math.floor(room / 3));
  const end = Math.min(line.length, start + room);
  const head = start > 0 ? '…' : '';
  const printable = (text: string) => visible(text.replaceAll('\t', TAB));
  return {
    text: `${head}${printable(line.slice(start, end))}${end < line.length ? '…' : ''}`,
    shown(from, to) {
      const text = printable(line.slice(Math.max(from, start), Math.max(start, Math.min(to, end))));
      return from <= start && to > from ? head + text : text;
    },
  };
}
