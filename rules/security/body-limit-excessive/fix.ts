import { type FixContext, type TextEdit, ts } from '#api';
import { constant } from '../../_shared/calls.ts';
import { quoteMark } from '../../_shared/layout.ts';
import { isFallback } from '../../_shared/operators.ts';

/** Writes a limit of one megabyte, as a text where a text stood and as a number where a number did. */
export function lowerLimit(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const property = ctx.node(ts.isPropertyAssignment);
  if (property === undefined) return undefined;
  const { initializer } = property;
  const value =
    ts.isBinaryExpression(initializer) && isFallback(initializer.operatorToken.kind) ? initializer.right : initializer;
  if (ts.isIdentifier(value)) return value.text === 'Infinity' ? [ctx.replace(value, '1024 * 1024')] : undefined;
  const given = constant(value)?.value;
  const quote = quoteMark(ctx.text);
  if (typeof given === 'string') return [ctx.replace(value, `${quote}1mb${quote}`)];
  return typeof given === 'number' ? [ctx.replace(value, '1024 * 1024')] : undefined;
}
