import type { DataObject, Span } from '#api';
import { indentAt, lineEnd } from './layout.ts';

/** Where members go into an object of a JSON document, and the text that puts them there in the object's own layout. */
export function addEntries(
  text: string,
  object: DataObject,
  members: readonly string[],
): { readonly span: Span; readonly text: string } {
  const last = object.entries.at(-1);
  if (last === undefined) return { span: object.span, text: `{ ${members.join(', ')} }` };
  const isOneLine = !text.slice(object.span.start, last.span.start).includes('\n');
  const gap = isOneLine ? ' ' : `${lineEnd(text)}${indentAt(text, last.span.start)}`;
  const { end } = last.span;
  return { span: { start: end, end }, text: members.map((member) => `,${gap}${member}`).join('') };
}
