import type { ChecklistItem, Fix, FixContext, MessageData, Span, TextEdit } from '#api';

/** What a finding remembers of an item's mark, so that a fix can set it without judging anew. */
export function markData({ mark }: ChecklistItem, at: Span): MessageData {
  if (mark?.toggled === undefined) return {};
  return { markOffset: mark.span.start - at.start, mark: mark.text, toggled: mark.toggled };
}

/** Writes the other mark in place of the one that stood there when the finding was made. */
export const toggleMark: Fix<unknown>['edits'] = (ctx, finding) => {
  const { markOffset, mark, toggled } = finding.data;
  if (typeof markOffset !== 'number' || typeof mark !== 'string' || typeof toggled !== 'string') return undefined;
  const edit = replaceAt(ctx, ctx.path, finding.start + markOffset, mark, toggled);
  return edit === undefined ? undefined : [edit];
};

/** An edit that puts `after` where `before` stands; `undefined` when something else stands there by now. */
export function replaceAt(
  ctx: FixContext<unknown>,
  path: string,
  start: number,
  before: string,
  after: string,
): TextEdit | undefined {
  const text = path === ctx.path ? ctx.text : ctx.source(path)?.text;
  const end = start + before.length;
  return text?.slice(start, end) === before ? { path, start, end, newText: after } : undefined;
}

/** A title as messages quote it. */
export function quotedTitle({ title }: ChecklistItem): string {
  return title.length > 80 ? `${title.slice(0, 79)}…` : title;
}
