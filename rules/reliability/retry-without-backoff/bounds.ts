import { ts } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';
import { type RetryLoop, some } from './loops.ts';

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

function isExit(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /\bexit$/.test(node.expression.getText());
}

/** Functions that tell somebody. */
const TELLS = /log|warn|info|debug|error|trace|write|capture|record|track|notify|push|message|stringify|String|Error/i;

/** Whether a `catch` does nothing but count, note the error, and give up: what else it did may help the next attempt. */
export function onlyNotes({ block, variableDeclaration }: ts.CatchClause): boolean {
  const error = variableDeclaration?.name.getText();
  return !some(block, (node) => {
    if (ts.isCallExpression(node)) return !TELLS.test(calledName(node) ?? '') && !isExit(node);
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
    return error === undefined || !new RegExp(`\\b${error}\\b`).test(node.right.getText());
  });
}
