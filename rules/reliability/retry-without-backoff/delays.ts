import { type FileHeader, type FileNames, ts, unwrap } from '#api';
import { calledName, constant } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { some } from './walk.ts';

/** How long code waits before it tries again. */
export type Delay =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly time: ts.Expression }
  /** It grows, is random, or cannot be told. */
  | { readonly kind: 'other' };

/** What helps to tell how long a pause is. */
export interface Clock extends Pick<FileNames, 'lookup'> {
  readonly header: FileHeader;
}

const PAUSE = /^(?:sleep|delay|wait|pause|timeout|setTimeout|waitFor|sleepMs|delayMs)$/i;
/** Milliseconds under which code asks something near, a device or a file, rather than a service. */
const POLLING = 250;
/** A name of something that never changes. */
const FIXED = /^[A-Z][A-Z0-9_]*$/;
/** What a parameter is called that says how long to wait. */
const PAUSE_NAME = /delay|wait|pause|interval|timeout|sleep|backoff|\bms\b/i;
const OTHER: Delay = { kind: 'other' };

/** Reads what is awaited in `within`, a loop or a `catch`, beside the attempt itself. */
export function delayIn(within: ts.Node, attempt: ts.Node | undefined, clock: Clock): Delay {
  const awaited: ts.AwaitExpression[] = [];
  some(within, (node) => {
    if (!ts.isAwaitExpression(node)) return false;
    const isOfAttempt =
      attempt !== undefined &&
      ((node.pos >= attempt.pos && node.end <= attempt.end) || unwrap(node.expression) === attempt);
    if (!isOfAttempt) awaited.push(node);
    return false;
  });
  const [first] = awaited;
  if (first === undefined) return { kind: 'none' };
  return awaited.length === 1 ? pauseOf(unwrap(first.expression), within, clock) : OTHER;
}

/** The delay that a pause makes: `sleep(1000)`, `new Promise((resolve) => setTimeout(resolve, 1000))`. */
export function pauseOf(pause: ts.Node, within: ts.Node, clock: Clock): Delay {
  const time = timeOf(pause, clock.header);
  return time !== undefined && isConstant(time, within, clock) ? { kind: 'constant', time } : OTHER;
}

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

/** Whether a time is the same for all attempts that `within` makes, and long enough to be meant for a service. */
export function isConstant(time: ts.Expression, within: ts.Node, { lookup }: Clock): boolean {
  const node = unwrap(time);
  const value = constant(node)?.value;
  if (typeof value === 'number') return value >= POLLING;
  if (!ts.isIdentifier(node)) return false;
  if (FIXED.test(node.text)) return true;
  const declaration = lookup(node);
  if (declaration === undefined || isSet(node.text, declaration, within)) return false;
  if (ts.isParameter(declaration)) {
    const given = declaration.initializer && constant(declaration.initializer)?.value;
    return typeof given === 'number' ? given >= POLLING : isPlainPause(declaration);
  }
  const first = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const start = first && constant(first)?.value;
  return typeof start === 'number' && start >= POLLING;
}

/** `delay: number`, without a default: as long as the caller says, each time. */
function isPlainPause({ name, initializer, type }: ts.ParameterDeclaration): boolean {
  const isNumber = type === undefined || type.kind === ts.SyntaxKind.NumberKeyword;
  return initializer === undefined && isNumber && ts.isIdentifier(name) && PAUSE_NAME.test(name.text);
}

/** Whether a variable gets another value anywhere around the attempts. */
function isSet(name: string, declaration: ts.Declaration, within: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0) return false;
  const written = name.replaceAll('$', '\\$');
  return new RegExp(
    `(?:^|[^\\w$.])${written}\\s*(?:[*+/-]|\\*\\*|<<)?=[^=>]|[^\\w$]${written}\\s*(?:\\+\\+|--)|(?:\\+\\+|--)${written}\\b`,
  ).test(ts.isParameter(declaration) ? bodyText(declaration.parent) : within.getText());
}

function bodyText(fn: ts.SignatureDeclaration): string {
  return 'body' in fn && fn.body !== undefined ? (fn.body as ts.Node).getText() : '';
}
