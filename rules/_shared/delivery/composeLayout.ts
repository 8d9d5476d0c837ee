import type { DataObject } from '#api';
import { indentAt } from '../layout.ts';

/** Whether the members of a service stand in braces, or elsewhere. */
export function isFlow(text: string, node: DataObject): boolean {
  return text[node.span.start] === '{' || node.definition !== undefined;
}

/**
 * Behind the last member and the comments that are its own: at the end of its line, and below it, further in than its name.
 * `undefined` for members that are written elsewhere, or in braces.
 */
export function endOfMembers(text: string, node: DataObject): number | undefined {
  const last = node.entries.at(-1);
  if (isFlow(text, node) || last === undefined || node.entries.some(({ merged }) => merged === true)) return undefined;
  const end = text.slice(0, last.span.end).trimEnd().length;
  const line = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
  if (!/^\s*(?:#.*)?$/.test(line)) return undefined;
  const name = indentAt(text, last.keySpan.start).length;
  let at = end + line.trimEnd().length;
  for (;;) {
    const [below = '', indent = ''] = /^[ \t]*\r?\n([ \t]*)#[^\r\n]*/.exec(text.slice(at)) ?? [];
    if (indent.length <= name) return at;
    at += below.trimEnd().length;
  }
}
