import type { DataObject } from '#api';

/** Whether the members of a service stand in braces, or elsewhere. */
export function isFlow(text: string, node: DataObject): boolean {
  return text[node.span.start] === '{' || node.definition !== undefined;
}

/** Behind the last member and its comment; `undefined` for members that are written elsewhere, or in braces. */
export function endOfMembers(text: string, node: DataObject): number | undefined {
  const last = node.entries.at(-1);
  if (isFlow(text, node) || last === undefined || node.entries.some(({ merged }) => merged === true)) return undefined;
  const end = text.slice(0, last.span.end).trimEnd().length;
  const line = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? '';
  return /^\s*(?:#.*)?$/.test(line) ? end + line.trimEnd().length : undefined;
}
