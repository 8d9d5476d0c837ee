import { type FixContext, type TextEdit, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

const isValue = (node: ts.Node): node is ts.Expression => ts.isExpression(node);

/** Answers no until a decision is written: `false`, or 403 through the response at hand. */
export function refuse(ctx: FixContext<unknown>): TextEdit[] | undefined {
  const value = ctx.node(isValue);
  if (value === undefined) return undefined;
  if (value.kind === ts.SyntaxKind.TrueKeyword) return [ctx.replace(value, 'false')];
  const fn = enclosingFunction(value);
  const handler = fn && handlerOf(fn, ctx);
  const response = handler?.parameters.response?.name;
  if (handler?.framework !== 'express' || response === undefined || !ts.isIdentifier(response)) return undefined;
  const refusal = `${response.text}.status(403).end()`;
  const { parent } = value;
  if (ts.isExpressionStatement(parent)) return [ctx.replace(value, refusal)];
  // Handlers answer nothing; what `end` gives back is no answer of theirs.
  return ts.isReturnStatement(parent) || parent === fn ? [ctx.replace(value, `void ${refusal}`)] : undefined;
}
