import { type FileHeader, ts, unwrap } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { type RetryLoop, some } from './loops.ts';

/** How long a loop waits before it tries again. */
export type Delay =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly time: ts.Expression }
  /** It grows, is random, or cannot be told. */
  | { readonly kind: 'other' };

const PAUSE = /^(?:sleep|delay|wait|pause|timeout|setTimeout|waitFor|sleepMs|delayMs)$/i;
/** Milliseconds under which a loop asks something near, a device or a file, rather than a service. */
const POLLING = 250;
/** A name of something that never changes. */
const FIXED = /^[A-Z][A-Z0-9_]*$/;
const OTHER: Delay = { kind: 'other' };

/** Reads the loop alone: what is awaited in it, beside the attempt itself. */
export function delayOf({ loop, attempt }: RetryLoop, header: FileHeader): Delay {
  const awaited: ts.AwaitExpression[] = [];
  some(loop.statement, (node) => {
    const isOfAttempt = node.pos >= attempt.tryBlock.pos && node.end <= attempt.tryBlock.end;
    if (ts.isAwaitExpression(node) && !isOfAttempt) awaited.push(node);
    return false;
  });
  const [first] = awaited;
  if (first === undefined) return { kind: 'none' };
  const time = awaited.length === 1 ? timeOf(unwrap(first.expression), header) : undefined;
  return time !== undefined && isConstant(time) ? { kind: 'constant', time } : OTHER;
}

/** `await sleep(1000)`, `await new Promise((resolve) => setTimeout(resolve, 1000))`. */
function timeOf(awaited: ts.Node, header: FileHeader): ts.Expression | undefined {
  if (ts.isCallExpression(awaited)) {
    return awaited.arguments.length === 1 && PAUSE.test(calledName(awaited) ?? '')
      ? awaited.arguments[0]
      : timerTime(awaited, header);
  }
  if (!ts.isNewExpression(awaited) || header.resolve(awaited.expression) !== 'global#Promise') return undefined;
  const [executor] = awaited.arguments ?? [];
  const fn = executor && unwrap(executor);
  if (fn === undefined || !isFunctionValue(fn)) return undefined;
  const [only, more] = ts.isBlock(fn.body) ? fn.body.statements : [];
  const body = ts.isBlock(fn.body)
    ? more === undefined && only !== undefined && ts.isExpressionStatement(only)
      ? only.expression
      : undefined
    : fn.body;
  const timer = body && unwrap(body);
  return timer !== undefined && ts.isCallExpression(timer) && header.resolve(timer.expression) === 'global#setTimeout'
    ? timer.arguments[1]
    : undefined;
}

/** `setTimeout` of `node:timers/promises`, by any name. */
function timerTime(call: ts.CallExpression, header: FileHeader): ts.Expression | undefined {
  const reference = header.resolve(call.expression) ?? '';
  return /timers\/promises#(?:default\.)?setTimeout$/.test(reference) ? call.arguments[0] : undefined;
}

function isConstant(time: ts.Expression): boolean {
  const node = unwrap(time);
  const value = constant(node)?.value;
  return (typeof value === 'number' && value >= POLLING) || (ts.isIdentifier(node) && FIXED.test(node.text));
}
