import { ts } from '#api';
import { isRefusalName } from '../../_shared/auth/accessNames.ts';
import { calledName } from '../../_shared/calls.ts';

/** What a collector finds: `401` and `403` where they answer, and errors that say as much. */
export type Refusal = ts.NumericLiteral | ts.ThrowStatement;

/** `401`, `403`. */
export function refusalStatus(node: ts.NumericLiteral): ts.NumericLiteral | undefined {
  return node.text === '401' || node.text === '403' ? node : undefined;
}

/** `throw new UnauthorizedException()`, `throw createError(401)`. */
export function refusalThrown(node: ts.ThrowStatement): ts.ThrowStatement | undefined {
  const thrown = node.expression;
  const name = ts.isNewExpression(thrown) || ts.isCallExpression(thrown) ? calledName(thrown) : undefined;
  return name !== undefined && isRefusalName(name) ? node : undefined;
}

/** The `if` that a refusal stands in directly: no function and no other `if` between them. */
export function refusingIf(refusal: Refusal): ts.IfStatement | undefined {
  let at: ts.Node = refusal;
  for (; !ts.isIfStatement(at.parent); at = at.parent) {
    if (at.parent === undefined || ts.isFunctionLike(at.parent) || ts.isSourceFile(at.parent)) return undefined;
    if (ts.isCatchClause(at.parent) || ts.isSwitchStatement(at.parent)) return undefined;
  }
  return at.parent.thenStatement === at ? at.parent : undefined;
}

/** The branch ends the function, so what stands behind it runs for those who were not refused. */
export function leaves({ thenStatement }: ts.IfStatement): boolean {
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  if (last === undefined) return false;
  // ctx.throw(401) of Koa throws.
  const throws =
    ts.isExpressionStatement(last) && ts.isCallExpression(last.expression) && calledName(last.expression) === 'throw';
  return throws || ts.isReturnStatement(last) || ts.isThrowStatement(last);
}
