import { lineAt, type TextLine } from '../formats/lines.ts';
import { itemTable } from './columns.ts';
import type { ItemDraft } from './drafts.ts';
import { type PlainText, plainLine } from './plain.ts';
import { symbolAt } from './symbols.ts';
import { type Row, readRows } from './tables.ts';

/** A table that was pasted as text, its cells parted by tabs. Spans are offsets into the text. */
export interface TabTable {
  /** `undefined`: the lines are a table of something else. */
  readonly items: readonly ItemDraft[] | undefined;
  readonly end: number;
}

/** Lines and characters that one table may have. */
const MAX_LINES = 2_000;
const MAX_LINE = 20_000;

function cellsOf(text: string, start: number, end: number): PlainText[] {
  const cells: PlainText[] = [];
  for (let from = start; from <= end; ) {
    const tab = text.indexOf('\t', from);
    let to = tab < 0 || tab > end ? end : tab;
    // Code that holds tabs is one cell.
    for (let fence = text.indexOf('```', from); fence >= 0 && fence < to; ) {
      const close = text.indexOf('```', fence + 3);
      if (close < 0 || close + 3 > end) break;
      const next = close < to ? to : text.indexOf('\t', close);
      to = next < 0 || next > end ? end : next;
      fence = text.indexOf('```', close + 3);
    }
    cells.push(plainLine(text, from, to));
    from = to + 1;
  }
  return cells;
}

const yes = () => true;
const no = () => false;

function isRow(text: string, line: TextLine): boolean {
  if (line.end - line.start > MAX_LINE || /^\s/.test(text[line.start] ?? ' ')) return false;
  const tab = text.indexOf('\t', line.start);
  return tab > line.start && tab < line.end;
}

/** The last cell of one row and the first of what goes on with it are one. */
function join(text: string, row: readonly PlainText[], more: readonly PlainText[]): PlainText[] {
  const last = row.at(-1);
  const first = more[0];
  if (last === undefined || first === undefined) return [...row, ...more];
  const start = last.offsets[0] ?? 0;
  const end = first.offsets.at(-1) ?? start;
  return [...row.slice(0, -1), plainLine(text, start, end), ...more.slice(1)];
}

/** Whether rows begin with a number or a mark, so that a line that does not goes on with the row before. */
function numbers(cell: PlainText | undefined): boolean {
  const text = cell?.text.trim() ?? '';
  return /^\d{1,4}[.)]?$/.test(text) || (text !== '' && symbolAt(text, 0, true)?.length === text.length);
}

/** The table that begins with a line of heads, when these could be of a table of items. */
export function readTabTable(text: string, head: TextLine): TabTable | undefined {
  if (!isRow(text, head) || /^(?:[-*+>]|\d+[.)])\s/.test(text.slice(head.start, head.start + 4))) return undefined;
  const heads = cellsOf(text, head.start, head.end).map((cell) => cell.text.trim());
  // The second line of a table with pipes or of code has other things to say than heads.
  if (heads.length < 2 || heads.length > 20 || heads.some((cell) => cell.length > 60)) return undefined;
  if (itemTable(heads, true, yes, no, yes) === undefined) return undefined;
  const rows: { span: { start: number; end: number }; cells: PlainText[] }[] = [];
  /** The last line without a tab since the last row: it and those before are part of the row, if another row follows. */
  let held: PlainText | undefined;
  let end = head.next;
  let count = 0;
  for (let line = lineAt(text, head.next); line !== undefined; line = lineAt(text, line.next)) {
    if (text.slice(line.start, line.end).trim() === '' || ++count > MAX_LINES || line.end - line.start > MAX_LINE)
      break;
    if (!isRow(text, line)) {
      if (rows.length === 0) break;
      held = plainLine(text, line.start, line.end);
      continue;
    }
    const cells = cellsOf(text, line.start, line.end);
    const previous = rows.at(-1);
    if (previous !== undefined) {
      const spread = held !== undefined;
      if (held !== undefined) {
        previous.cells = join(text, previous.cells, [held]);
        previous.span.end = held.offsets.at(-1) ?? previous.span.end;
        held = undefined;
      }
      const whole = previous.cells.length + cells.length - 1 === heads.length && previous.cells.length < heads.length;
      if (whole && (spread || (numbers(previous.cells[0]) && !numbers(cells[0])))) {
        previous.cells = join(text, previous.cells, cells);
        previous.span.end = line.end;
        end = line.next;
        continue;
      }
    }
    rows.push({ span: { start: line.start, end: line.end }, cells });
    end = line.next;
  }
  if (rows.length === 0) return undefined;
  return { items: readRows(text, heads, rows satisfies readonly Row[], 'tabRow'), end };
}
