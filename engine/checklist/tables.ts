import type { Table } from 'mdast';
import type { Span } from '../api/finding.ts';
import { type ItemTable, itemTable } from './columns.ts';
import type { Draft, ItemDraft } from './drafts.ts';
import { gateIn } from './gates.ts';
import { boxAt, emojiAt, statusIn } from './marks.ts';
import type { FieldName } from './model.ts';
import { ParticularsReader } from './particulars.ts';
import { flatten, type PlainText, sourceSpan, trimRange } from './plain.ts';
import { linePriority, priorityValue } from './priorities.ts';
import { adornmentLength, numberingLength, titleIn } from './titles.ts';

/** A row of a table with pipes or tabs. */
export interface Row {
  readonly span: Span;
  readonly cells: readonly PlainText[];
}

/** Code that was pasted into a cell, with its language in front and its line breaks spelled out. */
const PASTED_CODE = /^\s*(?:```\w*|(?:js|ts|tsx|jsx|bash|sh|json|ya?ml|sql|html|css|dockerfile)\\n)/;

/** Tells which rows are items; `undefined` for a table that lists something else. */
export function readRows(
  source: string,
  heads: readonly string[],
  rows: readonly Row[],
  form: 'row' | 'tabRow',
): ItemDraft[] | undefined {
  const hasStatus = (column: number) =>
    rows.some(({ cells }) => {
      const cell = cells[column];
      return cell !== undefined && statusIn(cell, 0, cell.text.length, source) !== undefined;
    });
  const hasWords = (column: number) => rows.some(({ cells }) => /\p{L}{2}/u.test(cells[column]?.text ?? ''));
  const hasBox = (column: number) =>
    rows.some(({ cells }) => boxAt(`${cells[column]?.text.trim().slice(0, 4)} `, 0) !== undefined);
  const table = itemTable(heads, form === 'tabRow', hasStatus, hasBox, hasWords);
  if (table === undefined) return undefined;
  return rows.flatMap((row) => readRow(source, heads, row, table, form) ?? []);
}

function readRow(
  source: string,
  heads: readonly string[],
  { span, cells }: Row,
  { roles, title }: ItemTable,
  form: 'row' | 'tabRow',
): ItemDraft | undefined {
  const name = cells[title];
  if (name === undefined || !/[\p{L}\d]/u.test(name.text)) return undefined;
  const reader = new ParticularsReader(source);
  let mark = undefined as ItemDraft['mark'];
  let priority = undefined as ItemDraft['priority'];
  let from: ItemDraft['priorityFrom'] = 'item';
  roles.forEach((role, column) => {
    const cell = cells[column];
    if (cell === undefined) return;
    reader.comments(cell);
    const { start, end } = trimRange(cell.text, 0, cell.text.length);
    if (column === title || role === 'number' || start === end) return;
    if (role === 'status') mark ??= statusIn(cell, 0, cell.text.length, source)?.mark;
    if (role === 'priority') {
      const value = priorityValue(cell.text);
      if (value !== undefined) {
        priority = { level: value.level, circle: value.circle ?? '', span: sourceSpan(cell, start, end) };
        from = 'field';
      }
    }
    if (role === 'gate') {
      const gate = gateIn(cell);
      if (gate !== undefined) {
        reader.gate = { command: gate.command, expected: gate.expected, span: sourceSpan(cell, gate.start, gate.end) };
      }
    }
    wordsOf(reader, cell);
    // A column of marks says nothing but the status, which the item has.
    if (role === 'status' && !/[\p{L}\d]/u.test(heads[column] ?? '')) return;
    const field: FieldName = role === 'title' || role === 'code' ? 'other' : role;
    const place = sourceSpan(cell, start, end);
    reader.fields.push({
      name: field,
      label: heads[column]?.trim() ?? '',
      value: source.slice(place.start, place.end),
      labelSpan: { start: place.start, end: place.start },
      span: place,
    });
  });
  wordsOf(reader, name);
  let { start, end } = trimRange(name.text, 0, name.text.length);
  const box = boxAt(`${name.text.slice(start, start + 4)} `, 0);
  const ahead =
    box === undefined
      ? emojiAt(name, start, end)
      : { mark: { ...box, span: sourceSpan(name, start, start + 3) }, end: start + 3 };
  mark ??= ahead?.mark;
  start = ahead?.end ?? start;
  const line = linePriority(name.text, start, end);
  if (priority === undefined && line !== undefined) {
    priority = { level: line.level, circle: line.circle ?? '', span: sourceSpan(name, line.start, line.end) };
  }
  start += adornmentLength(name.text.slice(start, end));
  start += numberingLength(name.text.slice(start, end));
  const found = titleIn(name, start, end, true);
  return {
    kind: 'item',
    form,
    span,
    title: found.title,
    titleSpan: sourceSpan(name, found.start, found.end),
    detail: found.detail,
    status: mark?.status ?? 'open',
    mark,
    priority,
    priorityFrom: from,
    particulars: reader,
    human: /\b(?:human|manual)[ -](?:task|step|action)s?\b/i.test(name.text),
    parent: undefined,
    lead: '',
    number: undefined,
  };
}

/** Files and rules of a cell, line by line, without code that was pasted into it. */
function wordsOf(reader: ParticularsReader, cell: PlainText): void {
  for (let from = 0; from < cell.text.length; ) {
    const feed = cell.text.indexOf('\n', from);
    const to = feed < 0 ? cell.text.length : feed;
    if (!PASTED_CODE.test(cell.text.slice(from, to))) reader.words(cell, from, to);
    from = to + 1;
  }
}

/** A table with pipes. */
export function readTable(table: Table, source: string, drafts: Draft[]): void {
  const [head, ...body] = table.children;
  if (head === undefined || body.length === 0) return;
  const heads = head.children.map((cell) => flatten(cell.children, source).text);
  const rows = body.map((row) => ({
    span: { start: row.position?.start.offset ?? 0, end: row.position?.end.offset ?? 0 },
    cells: row.children.map((cell) => flatten(cell.children, source)),
  }));
  drafts.push(...(readRows(source, heads, rows, 'row') ?? []));
}
