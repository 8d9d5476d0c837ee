import type { ChecklistItem, StatusMark } from '#api';

/** Headings of a plan, on which a mark in front is a status and no ornament. */
const STEP = /^(?:phase|milestone|stage|sprint|iteration|step|task)\s+[\dA-Z]/i;
/** When it was done may stand behind a mark; any other words say how far it is, or how good. */
const WHEN = /^(?:\(?(?:week|day|sprint|month)s?\s*\d[\d\s,–-]*\)?|\(?\d{4}-\d{2}-\d{2}\)?)?$/i;
/** Parts that are not due with the rest. */
const LATER =
  /^(?:if|when|whenever|once|optional|optionally|future|later)\b|\((?:optional|recommended|skipped|deferred|future|later|nice to have|n\/a|if )/i;

/**
 * Whether the mark of a heading claims all that stands below to be done. "✅ Success criteria" wears its mark as an
 * ornament, and "Error handling ✅ 9/10" or "✅ 90 % complete" claims less.
 */
export function claimsAll(mark: StatusMark, title: string, text: string): boolean {
  if (mark.kind !== 'emoji') return true;
  const lineStart = text.lastIndexOf('\n', mark.span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', mark.span.end);
  const isInFront = !/[\p{L}\d]/u.test(text.slice(lineStart, mark.span.start).replace(/^[\s#>]*\d{0,3}[.)]?/, ''));
  if (isInFront && !STEP.test(title)) return false;
  const behind = text
    .slice(mark.span.end, lineEnd < 0 ? text.length : lineEnd)
    .replace(/<!--.*?-->/g, '')
    .replace(/[*_~`|]/g, '')
    .trim();
  return isInFront ? !/\d\s*%|\b(?:ready|progress|partial)/i.test(behind) : WHEN.test(behind);
}

/** Whether an item says of itself that something is left to do; ❌ and ⚠️ alone describe as often as they count. */
export function isLeftToDo({ status, mark, form, title, detail, human, aside }: ChecklistItem): boolean {
  if (mark === undefined || status === 'done' || status === 'dropped') return false;
  // Parts that only people can do are often listed apart, to be done after the rest was closed.
  if (human || aside !== undefined || LATER.test(title) || LATER.test(detail)) return false;
  if (mark.kind !== 'emoji' || form === 'row' || form === 'tabRow') return true;
  return status === 'waiting' || status === 'inProgress' || /\p{L}/u.test(mark.text);
}
