import { type FixContext, type TextEdit, ts } from '#api';
import { indentAt, lineEnd, startsLine } from '../../_shared/layout.ts';

/** Writes a property in front of the others of an object literal, on a line of its own where they have theirs. */
export function addProperty(
  ctx: FixContext<unknown>,
  object: ts.ObjectLiteralExpression,
  property: string,
): TextEdit | undefined {
  const [first] = object.properties;
  if (first === undefined) {
    const isBare = ctx.text.slice(object.getStart() + 1, object.end - 1).trim() === '';
    return isBare ? ctx.replace(object, `{ ${property} }`) : undefined;
  }
  const at = first.getStart();
  const ownLine = startsLine(ctx.text, at);
  return ctx.insert(at, ownLine ? `${property},${lineEnd(ctx.text)}${indentAt(ctx.text, at)}` : `${property}, `);
}

/** Writes an argument behind one that a call has, on a line of its own where that one has its own. */
export function addArgument(ctx: FixContext<unknown>, behind: ts.Expression, argument: string): TextEdit {
  const at = behind.getStart();
  const ownLine = startsLine(ctx.text, at) && ts.isCallExpression(behind.parent);
  const separator = ownLine ? `,${lineEnd(ctx.text)}${indentAt(ctx.text, at)}` : ', ';
  return ctx.insert(behind.end, `${separator}${argument}`);
}
