import { type FunctionNode, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import { isComparison, isEqual, isLogical } from '../../_shared/operators.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { carriedBy } from './carried.ts';
import { isKept, lateEntry } from './entries.ts';
import { runsAlone } from './exclusive.ts';
import { type Guard, guardOf } from './guards.ts';
import { mentions, placeName, rootOf } from './places.ts';
import type { Write } from './writes.ts';

/** Programs that one person starts run one thing after the other. */
const BY_HAND = inFolders(
  FOLDERS.scripts,
  FOLDERS.benchmarks,
  FOLDERS.tools,
  FOLDERS.demos,
  FOLDERS.database,
  FOLDERS.browserTests,
);

/** What is wrong with a write, by message. */
export type Race = 'stale' | 'carried' | 'flag' | 'opened' | 'count' | 'entry';

/** Where a write goes by what was true before a wait: the message, and the condition or value that is out of date. */
export interface Found {
  readonly race: Race;
  readonly guard: ts.Node | undefined;
}

/** Judges one write; walks the statements before it in its function only when the write is to something shared. */
export function raceOf(write: Write, source: SourceView): Found | undefined {
  const fn = enclosingFunction(write.node);
  if (fn === undefined || PROGRESS.test(lastName(write.place)) || BY_HAND.test(source.header.localPath))
    return undefined;
  if (write.kind === 'stale') {
    if (!isSharedByCalls(write, fn, source) || runsAlone(fn, source)) return undefined;
    return { race: 'stale', guard: undefined };
  }
  if (!isShared(write, source)) return undefined;
  const old = write.kind === 'carried' || write.kind === 'grows' ? carriedBy(write, fn, source) : undefined;
  if (old !== undefined) return runsAlone(fn, source) ? undefined : { race: 'carried', guard: old };
  const isDefault = ts.isBinaryExpression(write.node) && write.node.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  if (write.kind === 'opened' && isDefault) {
    const isOpened = opens(awaitedCall(write, source), source);
    return isOpened && !runsAlone(fn, source) ? { race: 'opened', guard: undefined } : undefined;
  }
  if (write.kind === 'opened' && !opens(awaitedCall(write, source), source)) return undefined;
  const guard = guardOf(write, fn);
  const race = guard && raceWith(write, guard, source);
  if (race !== undefined) return runsAlone(fn, source) ? undefined : { race, guard: guard?.condition };
  const late = write.kind === 'grows' ? lateEntry(write, fn, source) : undefined;
  const isBegun = late?.guard.awaits.some(
    ({ expression }) => opens(unwrap(expression), source) && isKept(expression, write, source),
  );
  if (late === undefined || !(late.refuses || isBegun) || runsAlone(fn, source)) return undefined;
  return { race: 'entry', guard: late.guard.condition };
}

/** Names of what counts the steps of one caller. */
const PROGRESS =
  /retr(?:y|ies)|attempt|tries|index|offset|page|cursor|pos(?:ition)?$|step|round|iteration|depth|line|progress/i;

/** Flags that say that somebody is at it (`running`, `isSyncing`): a lock, if they were set in time. */
const BUSY = /^[_#]?(?:is)?(?:busy|locked|in_?progress|in_?flight|\w+ing)$/i;

/** Flags that say that something was done once. */
const DONE =
  /^[_#]?(?:is|has|was)?_?\w*(?:init(?:iali[sz]ed)?|started|connected|opened|registered|booted|subscribed|attached|set_?up)$/i;

/** Calls of which two at a time leave something behind: a second connection, listener, process, row. */
const OPENS =
  /^_?(?:connect|open|listen|start|launch|spawn|fork|boot|subscribe|consume|watch|register|schedule|attach|bind|serve|init|setUp|setup|create(?:Client|Connection|Pool|Server|Session|Channel|Consumer|Producer|Transport|Worker|Browser|Context|Page)|(?:obtain|acquire|checkout|establish)\w*(?:Connection|Session|Client|Channel)|newPage|newContext|insert|publish|send|charge|pay|migrate|seed)(?:$|[A-Z]|ialize)/;

/** Calls that may run twice and leave nothing behind. */
const HARMLESS =
  /^_?(?:get|load|fetch|read|find|resolve|wait|sleep|delay|query|select|list|check|is|has|exists|all|allSettled|race|mkdir|ensure|access|stat|ready|validate|verify|parse|import|request|json|text|next|nextTick|tick|then|catch|finally)(?:$|[A-Z])/;

function raceWith(write: Write, guard: Guard, source: SourceView): Race | undefined {
  switch (write.kind) {
    case 'flag': {
      // `if (known) return known`: an answer that is kept, not work that is done once.
      if (answersWith(guard.condition, write.place)) return undefined;
      if (asks(guard.condition, write.place) !== (guard.whenTrue ? 'missing' : 'present')) return undefined;
      return isBroken(lastName(write.place), guard.awaits, source) ? 'flag' : undefined;
    }
    case 'opened': {
      return asks(guard.condition, write.place) === (guard.whenTrue ? 'missing' : 'present') ? 'opened' : undefined;
    }
    case 'grows':
      return comparison(guard.condition, write) === (guard.whenTrue ? 'below' : 'above') ? 'count' : undefined;
    case 'shrinks':
      return comparison(guard.condition, write) === (guard.whenTrue ? 'above' : 'below') ? 'count' : undefined;
    default:
      return undefined;
  }
}

function answersWith({ parent }: ts.Expression, place: string): boolean {
  if (!ts.isIfStatement(parent)) return false;
  const { thenStatement } = parent;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return last !== undefined && ts.isReturnStatement(last) && last.expression !== undefined && mentions(last, place);
}

/** Whether a flag that is set after these awaits comes too late to keep others out of something. */
function isBroken(flag: string, awaits: Guard['awaits'], source: SourceView): boolean {
  if (BUSY.test(flag)) return true;
  const calls = awaits.map(({ expression }) => unwrap(expression)).filter(ts.isCallExpression);
  if (calls.some((call) => opens(call, source))) return true;
  return (
    DONE.test(flag) && calls.some((call) => !HARMLESS.test(calledName(call) ?? 'all') && !isRepeatable(call, source))
  );
}

/** What is waited for and kept, also where a constant holds it first. */
function awaitedCall({ node }: Write, source: SourceView): ts.Node {
  const right = ts.isBinaryExpression(node) ? unwrap(node.right) : node;
  const held = ts.isIdentifier(right) ? initialValue(right, source) : right;
  const value = held === undefined ? right : unwrap(held);
  return ts.isAwaitExpression(value) ? unwrap(value.expression) : value;
}

function opens(call: ts.Node, source: SourceView): boolean {
  return ts.isCallExpression(call) && OPENS.test(calledName(call) ?? '') && !isRepeatable(call, source);
}

/** Mongoose gives all callers the one connection that it is making. */
function isRepeatable(call: ts.CallExpression, { header }: SourceView): boolean {
  return /^mongoose#(?:default\.)?connect$/.test(header.resolve(call.expression) ?? '');
}

/** What a condition says of a place when it holds; parts of `||` and `&&` speak for the whole where they decide it. */
function asks(condition: ts.Expression, place: string): 'present' | 'missing' | undefined {
  const node = unwrap(condition);
  if (placeName(node) === place) return 'present';
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = asks(node.operand, place);
    return inner === 'present' ? 'missing' : inner === 'missing' ? 'present' : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const kind = node.operatorToken.kind;
  if (isLogical(kind)) {
    return asks(node.left, place) ?? asks(node.right, place);
  }
  if (placeName(node.left) !== place) return undefined;
  const right = unwrap(node.right).getText();
  const isNothing = right === 'undefined' || right === 'null' || right === 'false';
  if (!isNothing && right !== 'true') return undefined;
  if (!isComparison(kind)) return undefined;
  return isEqual(kind) === isNothing ? 'missing' : 'present';
}

/** On which side of a limit a place is when a condition holds; for collections their size is compared. */
function comparison(condition: ts.Expression, write: Write): 'above' | 'below' | undefined {
  const node = unwrap(condition);
  if (!ts.isBinaryExpression(node)) return undefined;
  const isPlace = (side: ts.Expression): boolean => {
    const name = placeName(withoutDefault(side));
    if (!ts.isCallExpression(write.node)) return name === write.place;
    return name === `${write.place}.size` || name === `${write.place}.length`;
  };
  const onLeft = isPlace(node.left);
  if (!onLeft && !isPlace(node.right)) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return onLeft ? 'above' : 'below';
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return onLeft ? 'below' : 'above';
    default:
      return undefined;
  }
}

/** `stock[id]` of `stock[id] ?? 0`. */
function withoutDefault(node: ts.Expression): ts.Node {
  const inner = unwrap(node);
  const isFilledIn = ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isFilledIn ? inner.left : inner;
}

/** A field, or a variable at the top of the file. */
function isShared({ target }: Write, { lookup }: SourceView): boolean {
  const root = rootOf(target);
  if (!ts.isIdentifier(root)) return true;
  const declaration = lookup(root);
  return (
    declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    ts.isSourceFile(declaration.parent.parent.parent)
  );
}

/** As `isShared`, and a variable of the function around a callback of which many run at a time. */
function isSharedByCalls(write: Write, fn: FunctionNode, source: SourceView): boolean {
  if (isShared(write, source)) return true;
  const root = rootOf(write.target);
  const declaration = ts.isIdentifier(root) ? source.lookup(root) : undefined;
  if (declaration === undefined || (declaration.pos >= fn.pos && declaration.end <= fn.end)) return false;
  const call = fn.parent;
  return (
    ts.isCallExpression(call) && call.arguments[0] === fn && /^(?:map|forEach|flatMap)$/.test(calledName(call) ?? '')
  );
}

function lastName(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1);
}
