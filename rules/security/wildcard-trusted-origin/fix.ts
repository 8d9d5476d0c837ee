import { type FixContext, type FixEdit, ts } from '#api';
import { envRead } from '../../_shared/env/envRead.ts';
import { inExample } from '../../_shared/env/exampleLine.ts';
import { quoteMark } from '../../_shared/layout.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { isFallback } from '../../_shared/operators.ts';

/** Reads the list from a variable named like it; nothing is trusted where that is not set. */
export function readFromEnvironment(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const star = ctx.node(ts.isStringLiteralLike);
  const list = star?.parent;
  if (star === undefined || list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
  // `as const` takes literals alone, and a member of the list would be one of the choice.
  if (ts.isAsExpression(list.parent) || ts.isPropertyAccessExpression(list.parent)) return undefined;
  if (ts.isBinaryExpression(list.parent) && isFallback(list.parent.operatorToken.kind)) {
    return list.elements.length === 1 ? [ctx.replace(list, '[]')] : undefined;
  }
  const quote = quoteMark(ctx.text);
  const variable = nameWords(String(ctx.data['name'])).join('_').toUpperCase();
  const variableRead = envRead(ctx, variable);
  if (variableRead === undefined) return undefined;
  const read = `${variableRead}?.split(${quote},${quote}) ?? []`;
  const edit = list.elements.length > 1 ? ctx.replace(star, `...(${read})`) : ctx.replace(list, read);
  return [edit, ...inExample(ctx, variable)];
}
