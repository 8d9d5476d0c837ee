import { type DataObject, type Span, ts } from '#api';
import { indentAt, indentUnit, lineEnd } from './layout.ts';

/** A text in place of a blank, or of nothing. */
export interface Added {
  readonly span: Span;
  readonly text: string;
}

/**
 * Puts members, written `"name": value`, behind the last one of an object of a JSON document, in the object's own layout:
 * comments stay with what they stand behind, and a comma behind the last member stays one.
 */
export function addEntries(text: string, object: DataObject, members: readonly string[]): readonly Added[] {
  const last = object.entries.at(-1);
  if (last === undefined) return [addFirst(text, object, members)];
  const { end } = last.span;
  if (!text.slice(object.span.start, last.span.start).includes('\n')) {
    const isTight = /^:\S/.test(text.slice(last.keySpan.end));
    const list = members.map((member) => (isTight ? `,${member.replace('": ', '":')}` : `, ${member}`));
    const block = ts.getTrailingCommentRanges(text, end)?.findLast(({ kind }) => isBlock(kind));
    return [added(block?.end ?? end, list.join(''))];
  }
  const gap = `${lineEnd(text)}${indentAt(text, last.span.start)}`;
  const behind = behindComments(text, end);
  if (text[behind] === ',') {
    return [added(behindComments(text, behind + 1), members.map((member) => `${gap}${member},`).join(''))];
  }
  const list = members.map((member) => `${gap}${member}`).join(',');
  if (behind === end) return [added(end, `,${list}`)];
  // `true /* why */,` as the compiler writes it.
  if (text[behind - 1] === '/' && /\*\/,/.test(text)) return [added(behind, `,${list}`)];
  // Comments in a column stay in it.
  const comma = { span: { start: end, end: text.startsWith('  ', end) ? end + 1 : end }, text: ',' };
  return [comma, added(behind, list)];
}

/** Members of an object that has none, but maybe comments. */
function addFirst(text: string, { span }: DataObject, members: readonly string[]): Added {
  const open = span.start + 1;
  const inside = text.slice(open, span.end - 1);
  if (!inside.includes('\n')) {
    const lead = inside.trimEnd();
    return added(open + lead.length, ` ${members.join(', ')}${lead === inside ? ' ' : ''}`);
  }
  const gap = `${lineEnd(text)}${indentAt(text, span.end - 1)}${indentUnit(text)}`;
  return added(behindComments(text, open), members.map((member) => `${gap}${member}`).join(','));
}

function added(at: number, text: string): Added {
  return { span: { start: at, end: at }, text };
}

function isBlock(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.MultiLineCommentTrivia;
}

/** Behind the comments that follow in the same line. */
function behindComments(text: string, offset: number): number {
  return ts.getTrailingCommentRanges(text, offset)?.at(-1)?.end ?? offset;
}
