import { ts } from '#api';
import { indentAt, indentUnit, lineEnd, trailingComma } from './layout.ts';

/** Where members go into an object literal, and the text that puts them there in the literal's own layout. */
export function addMembers(
  object: ts.ObjectLiteralExpression,
  members: readonly string[],
): { at: number; text: string } {
  const text = object.getSourceFile().text;
  const last = object.properties.at(-1);
  if (last === undefined) return { at: object.getStart() + 1, text: ` ${members.join(', ')} ` };
  const hasComma = object.properties.hasTrailingComma === true;
  const isOneLine = !text.slice(object.getStart(), last.getStart()).includes('\n');
  if (isOneLine) return { at: last.end, text: `, ${members.join(', ')}` };
  const indent = `${lineEnd(text)}${indentAt(text, last.getStart())}`;
  const list = members.map((member) => `${indent}${member}`).join(',');
  if (hasComma) return { at: behindComments(text, text.indexOf(',', last.end) + 1), text: `${list},` };
  // A comment behind the last member stays behind it: the new ones go before.
  return behindComments(text, last.end) === last.end
    ? { at: last.end, text: `,${list}` }
    : { at: behindComments(text, last.getFullStart()), text: `${list},` };
}

/** Behind the comments that follow in the same line. */
function behindComments(text: string, offset: number): number {
  return ts.getTrailingCommentRanges(text, offset)?.at(-1)?.end ?? offset;
}

/** An object literal with these members, each on a line, one level deeper than the line of `offset`. */
export function objectOf(members: readonly string[], text: string, offset: number): string {
  const eol = lineEnd(text);
  const indent = indentAt(text, offset);
  const list = members.map((member) => `${indent}${indentUnit(text)}${member}`).join(`,${eol}`);
  return `{${eol}${list}${trailingComma(text)}${eol}${indent}}`;
}
