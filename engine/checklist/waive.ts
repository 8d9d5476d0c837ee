import type { TextEdit } from '../api/finding.ts';
import type { ChecklistItem } from './model.ts';
import { parseChecklist } from './parse.ts';

/** What a person decides when living with an open item. */
export interface Waiver {
  /** One line. */
  readonly reason: string;
  /** Without the `@`; empty for nobody. */
  readonly owner: string;
  /** `YYYY-MM-DD`; empty for no end. */
  readonly until: string;
}

/**
 * The edit that writes a waiver behind the title of an item, or in place of the one it has. `undefined` where it would not
 * be read back as it was meant, such as for a reason with `-->`, or with a `|` in a table.
 */
export function waive(path: string, text: string, item: ChecklistItem, waiver: Waiver): TextEdit | undefined {
  const { reason, owner, until } = waiver;
  const words = [until && `until ${until}`, owner && `by @${owner}`].filter(Boolean).join(' ');
  const comment = `<!-- airworthy: waived${words && ` ${words}`}: ${reason} -->`;
  const at = item.waiver?.span ?? placeOf(text, item);
  const newText = item.waiver === undefined ? ` ${comment}` : comment;
  const read = parseChecklist(path, text.slice(0, at.start) + newText + text.slice(at.end));
  const written = read.items.find(({ id }) => id === item.id)?.waiver;
  const isMeant =
    written !== undefined &&
    written.problem === undefined &&
    written.reason === reason &&
    (written.owner ?? '') === owner &&
    (written.until ?? '') === until;
  return isMeant ? { path, start: at.start, end: at.end, newText } : undefined;
}

/** The end of the title's cell or line, in front of blanks. */
function placeOf(text: string, { titleSpan, form }: ChecklistItem): { start: number; end: number } {
  const stop = form === 'row' ? /[|\r\n]/g : form === 'tabRow' ? /[\t\r\n]/g : /[\r\n]/g;
  stop.lastIndex = titleSpan.end;
  let end = stop.exec(text)?.index ?? text.length;
  while (end > titleSpan.end && /[ \t]/.test(text.charAt(end - 1))) end--;
  return { start: end, end };
}
