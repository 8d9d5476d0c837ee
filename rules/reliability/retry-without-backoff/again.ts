import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, constant, memberAccess, memberCall } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { functionName } from '../../_shared/functionName.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Delay, delayIn, isConstant, pauseOf } from './delays.ts';
import { CONFLICT, onlyNotes } from './notes.ts';
import { some } from './walk.ts';

/** Code that runs after a failure: a `catch`, or the callback of `.catch(…)`. */
export type AfterFailure = ts.CatchClause | ts.CallExpression;

/** A call that may be of the function around it, and how it is waited for. */
interface NextAttempt {
  readonly call: ts.CallExpression;
  /** The timer, or the pause whose `then` it is in. */
  readonly behind: ts.CallExpression | undefined;
}

/** By syntax alone: what runs after a failure and calls a plain function or a method of `this`, as its result or by a timer. */
export function mayTryAgain(after: AfterFailure): boolean {
  const code = codeOf(after);
  return code !== undefined && attemptsIn(code).length > 0;
}

/** How long a function waits that calls itself after a failure, with the same arguments but for a count; `undefined` otherwise. */
export function delayBeforeAgain(after: AfterFailure, source: SourceView): Delay | undefined {
  const code = codeOf(after);
  const fn = functionAround(after);
  if (code === undefined || fn?.body === undefined || CONFLICT.test(code.getText())) return undefined;
  const own = attemptsIn(code).filter(({ call }) => isOfItself(call, fn, source));
  const [next, more] = own;
  if (next === undefined || more !== undefined || !triesTheSame(next.call, fn)) return undefined;
  // What calls itself elsewhere as well goes on for another reason.
  if (callsOf(fn.body, next.call) !== 1) return undefined;
  const delay = delayOf(next, code, source);
  if (delay.kind === 'constant' && isHandedOnChanged(delay.time, next.call)) return undefined;
  if (delay.kind !== 'none') return delay;
  // At once and without a count is no retry: what it tries again has changed.
  const counts = next.call.arguments.some((argument) => !ts.isIdentifier(unwrap(argument)));
  return counts && !readsBefore(fn.body, after) && onlyNotes(code, errorOf(after), new Set([next.call]))
    ? delay
    : undefined;
}

/** What runs after the failure, without the name of the error. */
function codeOf(after: AfterFailure): ts.Node | undefined {
  if (ts.isCatchClause(after)) return after.block;
  const [callback] = after.arguments;
  const fn = callback && unwrap(callback);
  return fn !== undefined && isFunctionWithBody(fn) && memberCall(after)?.name === 'catch' ? fn.body : undefined;
}

function errorOf(after: AfterFailure): string | undefined {
  if (ts.isCatchClause(after)) return after.variableDeclaration?.name.getText();
  const [callback] = after.arguments;
  const fn = callback && unwrap(callback);
  return fn !== undefined && isFunctionWithBody(fn) ? fn.parameters[0]?.name.getText() : undefined;
}

/** The function that failed, past the functions of a promise's chain. */
function functionAround(after: AfterFailure): FunctionNode | undefined {
  let fn = enclosingFunction(after);
  while (fn !== undefined && functionName(fn) === '') fn = enclosingFunction(fn);
  return fn;
}

/** `return again(left - 1)`, `setTimeout(again, 1000)`, `sleep(1000).then(() => again())`. */
function attemptsIn(code: ts.Node): readonly NextAttempt[] {
  const found: NextAttempt[] = [];
  const visit = (node: ts.Node, behind: ts.CallExpression | undefined): void => {
    if (ts.isCallExpression(node)) {
      const name = calledName(node);
      const [first] = node.arguments;
      const callback = first && unwrap(first);
      if ((name === 'setTimeout' || name === 'then') && callback !== undefined) {
        // `setTimeout(again, 1000)` has no call of its own: the timer stands for it.
        if (isCallee(callback)) {
          found.push({ call: node, behind: node });
          return;
        }
        const inner = name === 'then' ? memberCall(node)?.receiver : node;
        const waits = inner && unwrap(inner);
        if (isFunctionWithBody(callback) && waits !== undefined && ts.isCallExpression(waits)) {
          if (callback.body !== undefined) visit(callback.body, waits);
          return;
        }
      }
      if (isCallee(unwrap(node.expression)) && (behind !== undefined || isResult(node)))
        found.push({ call: node, behind });
    }
    if (isFunctionWithBody(node)) return;
    ts.forEachChild(node, (child) => visit(child, behind));
  };
  visit(code, undefined);
  return found;
}

function isCallee(node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression {
  return (
    ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword)
  );
}

/** Whether the value of a call is handed back, alone or as a branch of a condition. */
function isResult(call: ts.CallExpression): boolean {
  let at: ts.Node = call;
  while (ts.isAwaitExpression(at.parent) || ts.isConditionalExpression(at.parent) || unwrap(at.parent) !== at.parent) {
    at = at.parent;
  }
  return ts.isReturnStatement(at.parent) || (isFunctionWithBody(at.parent) && at.parent.body === at);
}

/** What a call or timer runs next: `again` of `again(1)` and of `setTimeout(again, 1)`. */
function calleeOf(call: ts.CallExpression): ts.Node {
  const [first] = call.arguments;
  const isTimer = /^(?:setTimeout|then)$/.test(calledName(call) ?? '') && first !== undefined;
  return unwrap(isTimer ? first : call.expression);
}

function isOfItself(call: ts.CallExpression, fn: FunctionNode, source: SourceView): boolean {
  const callee = calleeOf(call);
  const name = functionName(fn);
  if (ts.isIdentifier(callee)) {
    if (callee.text !== name) return false;
    const declaration = source.lookup(callee);
    return declaration === fn || (declaration !== undefined && declaration === fn.parent);
  }
  const member = memberAccess(callee);
  if (member?.name !== name) return false;
  const owner = classAround(call, source);
  return owner !== undefined && (fn.parent === owner || fn.parent.parent === owner);
}

/** Whether the arguments are the function's own parameters, but for one that is counted: `again(url, left - 1)`. */
function triesTheSame(call: ts.CallExpression, fn: FunctionNode): boolean {
  // The timer hands nothing on, so that defaults count.
  if (calleeOf(call) !== unwrap(call.expression)) return fn.parameters.length === 0;
  if (call.arguments.length > fn.parameters.length) return false;
  return call.arguments.every((argument, index) => {
    const parameter = fn.parameters[index]?.name;
    const given = unwrap(argument);
    if (parameter === undefined || !ts.isIdentifier(parameter)) return false;
    if (ts.isIdentifier(given)) return given.text === parameter.text;
    const counted = stepped(given);
    return counted !== undefined && ts.isIdentifier(counted) && counted.text === parameter.text;
  });
}

/** `left` of `left - 1` and `--left`. */
function stepped(given: ts.Node): ts.Node | undefined {
  if (ts.isPrefixUnaryExpression(given)) return given.operand;
  if (!ts.isBinaryExpression(given) || typeof constant(given.right)?.value !== 'number') return undefined;
  const { kind } = given.operatorToken;
  return kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.MinusToken ? unwrap(given.left) : undefined;
}

/** Whether the next attempt is given another pause: `again(left - 1, delay + 500)`. */
function isHandedOnChanged(time: ts.Expression, { arguments: given }: ts.CallExpression): boolean {
  const name = unwrap(time);
  if (!ts.isIdentifier(name)) return false;
  return given.some((argument) => !ts.isIdentifier(unwrap(argument)) && argument.getText().includes(name.text));
}

/** Whether the function waits for something before it tries: the next attempt may find it changed. */
function readsBefore(body: ts.Node, after: AfterFailure): boolean {
  const start = ts.isCatchClause(after) ? after.parent.pos : after.pos;
  return some(body, (node) => ts.isAwaitExpression(node) && node.end <= start);
}

/** How often a function names itself. */
function callsOf(body: ts.Node, call: ts.CallExpression): number {
  const name = calleeOf(call).getText();
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (isCallee(node) && node.getText() === name) count++;
    ts.forEachChild(node, visit);
  };
  visit(body);
  return count;
}

function delayOf({ call, behind }: NextAttempt, code: ts.Node, clock: SourceView): Delay {
  const next = delayIn(code, call, clock);
  if (behind === undefined) return next;
  if (next.kind !== 'none') return { kind: 'other' };
  if (calledName(behind) !== 'setTimeout') return pauseOf(behind, code, clock);
  const time = behind.arguments[1];
  return time !== undefined && isConstant(time, code, clock) ? { kind: 'constant', time } : { kind: 'other' };
}
