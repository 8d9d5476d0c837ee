import type { TextEdit } from '../api/finding.ts';
import type { ChecklistItem } from './model.ts';

/**
 * The edit that makes an item done, or open again. It replaces the characters of the mark and nothing else. Called once more
 * with the same item and the text after the edit, it gives the edit that restores what the writer wrote: `[X]`, ⚠️, a
 * damaged ✅.
 *
 * `undefined`: the item has no mark, or one that has no opposite; it is as asked for already; or the text is not the one
 * that the item was read from.
 */
export function tick(path: string, text: string, item: ChecklistItem, done: boolean): TextEdit | undefined {
  const { mark } = item;
  if (mark?.toggled === undefined) return undefined;
  const { start } = mark.span;
  const wasDone = item.status === 'done';
  const [there, wanted] = done === wasDone ? [mark.toggled, mark.text] : [mark.text, mark.toggled];
  if (!text.startsWith(there, start)) return undefined;
  return { path, start, end: start + there.length, newText: wanted };
}
