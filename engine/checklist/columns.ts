import { fieldName } from './fields.ts';
import type { FieldName } from './model.ts';

/** What a column of a table holds. `title` is what the item is called, `code` is a sample that names nothing. */
export type ColumnRole = FieldName | 'title' | 'number' | 'code';

const TITLES =
  /^(?:task|item|gate|check|action|action item|step|deliverable|problem|issue|requirement|criterion|criteria|control|goal|objective|todo|work item|finding|risk|test)s?$/;
const NUMBERS = /^(?:#|no|nr|id|number)$/;
const CODE = /^(?:code|code sample|code\/config|sample|snippet|example|exact change)$/;
const STATUS = /^(?:status|state|done|complete|completed|progress|result)$/;
const GATES =
  /^(?:command|verification|validation|verify|validate|how to verify|command ?\/ ?verification|verification command|test command)$/;

/** The role of a column by the words of its head. */
function columnRole(head: string): ColumnRole {
  const words = head
    .replace(/\([^()]*\)|[*_`?]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  if (words === '' || /^(?:\p{Extended_Pictographic}|\ufe0f|[☐✓])+$/u.test(words))
    return words === '' ? 'number' : 'status';
  if (NUMBERS.test(words)) return 'number';
  if (CODE.test(words)) return 'code';
  if (STATUS.test(words)) return 'status';
  if (GATES.test(words)) return 'gate';
  if (words === 'current status') return 'current';
  if (TITLES.test(words)) return 'title';
  if (/\b(?:implementation|solution|remediation|mitigation)$/.test(words)) return 'fix';
  return fieldName(words);
}

/** A table that lists items, and which column names them. */
export interface ItemTable {
  readonly roles: readonly ColumnRole[];
  readonly title: number;
}

/**
 * Whether a table lists items. Most tables do not: there has to be a column that only work has, such as a status, owner or
 * priority. `plain`: the table has been pasted as text with tabs, where a column of fixes or reasons is enough.
 * `hasStatus`: some cell of a column says a status. `hasBox`: some cell of a column begins with a box. `hasWords`: its
 * cells are more than numbers.
 */
export function itemTable(
  heads: readonly string[],
  plain: boolean,
  hasStatus: (column: number) => boolean,
  hasBox: (column: number) => boolean,
  hasWords: (column: number) => boolean,
): ItemTable | undefined {
  const roles = heads.map(columnRole);
  const at = (role: ColumnRole) => roles.indexOf(role);
  const has = (role: ColumnRole) => roles.includes(role);
  const named = at('title');
  const status = at('status');
  const works =
    (status >= 0 && hasStatus(status)) ||
    has('priority') ||
    has('owner') ||
    (has('due') && named >= 0) ||
    (has('gate') && named >= 0 && /^(?:gate|check|item)s?$/i.test(heads[named]?.trim() ?? ''));
  if (named >= 0) {
    const weak = plain && (has('fix') || has('why') || has('impact') || has('effort') || has('gate'));
    return works || weak || hasBox(named) ? { roles, title: named } : undefined;
  }
  const first = roles.findIndex((role, column) => (role === 'other' || role === 'file') && hasWords(column));
  if (first < 0) return undefined;
  // A status in front is what the table explains, unless the column has a mark for a name.
  const stated = status >= 0 && hasStatus(status) && (status > first || !/\p{L}/u.test(heads[status] ?? ''));
  const planned = has('priority') && (has('effort') || has('impact') || has('owner') || has('due') || status >= 0);
  const repairs = plain && has('fix') && has('current');
  return stated || planned || repairs ? { roles, title: first } : undefined;
}
