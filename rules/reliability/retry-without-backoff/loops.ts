import { ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody, isWithin } from '../../_shared/enclosing.ts';

/** A loop that tries the same thing again until it succeeds. */
export interface RetryLoop {
  readonly loop: ts.ForStatement | ts.WhileStatement | ts.DoStatement;
  readonly attempt: ts.TryStatement;
  readonly failure: ts.CatchClause;
  /** The variable that a `for` counts with. */
  readonly counter: string | undefined;
}

/** Errors of a write that came at the same time as another, or of a name that is taken: trying at once is right. */
const CONFLICT =
  /P2002|P2034|11000|23505|40001|conflict|collision|duplicate|unique|version|serializ|deadlock|EADDRINUSE|EEXIST/i;

/** Reads a loop as one that retries; `undefined` for those that poll, work through a list, or try something else each time. */
export function retryLoop(loop: RetryLoop['loop']): RetryLoop | undefined {
  const body: readonly ts.Statement[] = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const attempts = body.filter(ts.isTryStatement);
  const [attempt] = attempts;
  const failure = attempt?.catchClause;
  if (attempt === undefined || failure === undefined || attempts.length !== 1) return undefined;
  const counter = counterOf(loop);
  if (!awaits(attempt.tryBlock) || !endsWithSuccess(attempt.tryBlock) || endsWithFailure(failure.block))
    return undefined;
  // A loop that works through a queue goes on in the middle.
  if (some(attempt.tryBlock, ts.isContinueStatement) || CONFLICT.test(failure.getText())) return undefined;
  if (counter !== undefined && triesAnother(body, failure, counter)) return undefined;
  return { loop, attempt, failure, counter };
}

function counterOf(loop: RetryLoop['loop']): string | undefined {
  const list = ts.isForStatement(loop) ? loop.initializer : undefined;
  if (list === undefined || !ts.isVariableDeclarationList(list)) return undefined;
  const [declaration] = list.declarations;
  return declaration !== undefined && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
}

function awaits(block: ts.Node): boolean {
  return some(block, ts.isAwaitExpression);
}

/** The last statement of the block leaves the loop: what was tried has worked. */
function endsWithSuccess(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isBreakStatement(last));
}

/** The last statement of the block leaves the loop, whatever happened. */
function endsWithFailure(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isBreakStatement(last) || ts.isThrowStatement(last));
}

/** Whether what is tried depends on the number of the attempt: the next server of a list, a name with another number. */
function triesAnother(body: readonly ts.Statement[], failure: ts.CatchClause, counter: string): boolean {
  return body.some((statement) =>
    some(statement, (node) => {
      if (!ts.isIdentifier(node) || node.text !== counter || isWithin(node, failure)) return false;
      if (isTold(node)) return false;
      const call = ts.findAncestor(node, (up) => ts.isCallExpression(up) || ts.isIfStatement(up) || up === statement);
      return call === undefined || !ts.isIfStatement(call) || !isWithin(node, call.expression);
    }),
  );
}

/** `logger.info('attempt', attempt)` */
function isTold(node: ts.Node): boolean {
  const call = ts.findAncestor(node, ts.isCallExpression);
  return call !== undefined && /^(?:log|info|warn|debug|error|trace|verbose)$/.test(calledName(call) ?? '');
}

/** Whether a node or one in it passes; functions inside are left out. */
export function some(within: ts.Node, passes: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => {
    if (passes(node)) return true;
    if (isFunctionWithBody(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(within);
}
