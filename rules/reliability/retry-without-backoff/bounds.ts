import { ts } from '#api';
import { constant } from '../../_shared/calls.ts';
import type { RetryLoop } from './loops.ts';
import { isExit } from './notes.ts';
import { some } from './walk.ts';

/** Whether a loop never gives up: `while (true)` or `for (;;)`, and nothing in it leaves but success. */
export function isUnbounded({ loop, failure, attempt }: RetryLoop): boolean {
  const condition = ts.isForStatement(loop) ? loop.condition : loop.expression;
  if (condition !== undefined && constant(condition)?.value !== true) return false;
  const leaves = (node: ts.Node): boolean =>
    ts.isReturnStatement(node) || ts.isBreakStatement(node) || ts.isThrowStatement(node) || isExit(node);
  if (some(failure.block, leaves)) return false;
  const body = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  return !body.some((statement) => statement !== attempt && some(statement, leaves));
}
