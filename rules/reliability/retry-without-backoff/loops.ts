import { ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isWithin } from '../../_shared/enclosing.ts';
import { CONFLICT } from './notes.ts';
import { some } from './walk.ts';

/** A loop that tries the same thing again until it succeeds. */
export interface RetryLoop {
  readonly loop: ts.ForStatement | ts.WhileStatement | ts.DoStatement;
  readonly attempt: ts.TryStatement;
  readonly failure: ts.CatchClause;
  /** The variable that a `for` counts with. */
  readonly counter: string | undefined;
}

/** What a loop counts when it counts attempts. */
const ATTEMPTS = /attempt|retr(?:y|ies)|tries/i;
/** Loops that wait for something that takes its time, rather than try again what failed. */
const WAITS =
  /(?:\b|[a-z])[wW]ait(?:For|Until)|\bwait|until|poll|ready|pending|health|status\s*(?:===|!==|\))|state\s*(?:===|!==)/i;

/** Reads a loop as one that retries; `undefined` for those that poll, work through a list, or try something else each time. */
export function retryLoop(loop: RetryLoop['loop']): RetryLoop | undefined {
  const body: readonly ts.Statement[] = ts.isBlock(loop.statement) ? loop.statement.statements : [loop.statement];
  const attempts = body.filter(ts.isTryStatement);
  const [attempt] = attempts;
  const failure = attempt?.catchClause;
  if (attempt === undefined || failure === undefined || attempts.length !== 1) return undefined;
  const counter = counterOf(loop);
  if (!awaits(attempt.tryBlock) || endsWithFailure(failure.block)) return undefined;
  if (!endsWithSuccess(attempt.tryBlock) && !mayEndWithSuccess(attempt.tryBlock, loop)) return undefined;
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

/** Whether code speaks of waiting for something rather than of trying it again. */
export const isWaiting = (text: string): boolean => WAITS.test(text);

/** The last statement of the block leaves the loop: what was tried has worked. */
function endsWithSuccess({ statements }: ts.Block): boolean {
  const last = statements.at(-1);
  return last !== undefined && (ts.isReturnStatement(last) || ts.isBreakStatement(last));
}

/** `if (answer.ok) return answer`, in a loop that counts attempts. */
function mayEndWithSuccess({ statements }: ts.Block, loop: RetryLoop['loop']): boolean {
  const head = ts.isForStatement(loop) ? (loop.condition?.getText() ?? '') : loop.expression.getText();
  if (!ATTEMPTS.test(head) || isWaiting(loop.getText())) return false;
  return statements.some((statement) => ts.isIfStatement(statement) && leavesWithSuccess(statement.thenStatement));
}

function leavesWithSuccess(branch: ts.Statement): boolean {
  const last = ts.isBlock(branch) ? branch.statements.at(-1) : branch;
  return last !== undefined && ts.isReturnStatement(last) && last.expression !== undefined;
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
