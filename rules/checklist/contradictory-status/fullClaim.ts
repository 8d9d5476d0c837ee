import type { ChecklistItem, StatusMark } from '#api';

/** Headings of a plan, on which a mark in front is a status and no ornament. */
const STEP = /^(?:phase|milestone|stage|sprint|iteration|step|task)\s+[\dA-Z]/i;
/** When it was done may stand behind a mark; any other words say how far it is, or how good. */
const WHEN = /^(?:\(?(?:week|day|sprint|month)s?\s*\d[\d\s,–-]*\)?|\(?\d{4}-\d{2}-\d{2}\)?)?$/i;
/** Words that say what a lone ✅ may only look like. */
const DONE = /^(?:all\s+)?(?:completed?|done|finished|fixed|resolved|implemented|delivered|closed)\b[\s!.:–-]*/i;
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
  const isInFront = !/[\p{L}\d]/u.test(text.slice(lineStart, mark.span.start).replace(/^[\s#>]*\d{0,3}[.)]?/, ''));
  const behind = wordsBehind(mark, text);
  if (isInFront) return STEP.test(title) && !/\d\s*%|\b(?:ready|progress|partial)/i.test(behind);
  return WHEN.test(behind.replace(DONE, ''));
}

function wordsBehind({ span }: StatusMark, text: string): string {
  const lineEnd = text.indexOf('\n', span.end);
  return text
    .slice(span.end, lineEnd < 0 ? text.length : lineEnd)
    .replace(/<!--.*?-->/g, '')
    .replace(/[*_~`|]/g, '')
    .trim();
}

/** "Phase 2", "Milestone B". */
export function isStep(title: string): boolean {
  return STEP.test(title);
}

/** A lone ✅ above parts of which none is done: nobody has been there to set it. */
export function isOrnament(mark: StatusMark, parts: readonly ChecklistItem[], text: string): boolean {
  if (mark.kind !== 'emoji' || /\p{L}/u.test(mark.text) || DONE.test(wordsBehind(mark, text))) return false;
  return !parts.some(({ status }) => status === 'done');
}

/** Whether an item says of itself that something is left to do; ❌ and ⚠️ alone describe as often as they count. */
export function isLeftToDo({ status, mark, form, title, detail, human, aside }: ChecklistItem): boolean {
  if (mark === undefined || status === 'done' || status === 'dropped') return false;
  // Parts that only people can do are often listed apart, to be done after the rest was closed.
  if (human || aside !== undefined || LATER.test(title) || LATER.test(detail)) return false;
  if (mark.kind !== 'emoji' || form === 'row' || form === 'tabRow') return true;
  return status === 'waiting' || status === 'inProgress' || /\p{L}/u.test(mark.text);
}
