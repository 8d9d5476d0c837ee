import { type FileHeader, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { summands } from './carried.ts';
import { placeName, rootOf, writtenPlace } from './places.ts';

/** Something that an async function does to a place which others can see. */
export interface Write {
  readonly node: ts.Expression;
  /** The place as it is written: `this.total`, `open`; `this.jobs` for `this.jobs.add(…)`. */
  readonly target: ts.Expression;
  readonly place: string;
  readonly kind: WriteKind;
}

/** How a place is changed. */
export type WriteKind =
  /** `this.total += await load()` and `this.items = [...this.items, await load()]`: read, wait, write. */
  | 'stale'
  /** `this.count = old + 1`, where `old` may have been read before a wait. */
  | 'carried'
  /** `this.started = true` */
  | 'flag'
  /** `this.client = await connect()` */
  | 'opened'
  /** `this.active++`, `this.jobs.add(job)` */
  | 'grows'
  /** `this.left -= 1` */
  | 'shrinks';

/** By the statement alone; a bare name counts only where the file declares it at its top, or where it is read before a wait. */
export function writeOf(statement: ts.ExpressionStatement | ts.ReturnStatement, header: FileHeader): Write | undefined {
  // Set by the parser on everything in an async function: no other code has to be looked at.
  if ((statement.flags & ts.NodeFlags.AwaitContext) === 0 || statement.expression === undefined) return undefined;
  const node = ts.isReturnStatement(statement) ? (unwrap(statement.expression) as ts.Expression) : statement.expression;
  if (ts.isReturnStatement(statement) && !ts.isBinaryExpression(node)) return undefined;
  if (ts.isCallExpression(node)) return added(node, header);
  const target = writtenPlace(node);
  const place = target && placeName(target);
  if (target === undefined || place === undefined || place === 'this') return undefined;
  const kind = kindOf(node, place);
  if (kind === undefined || !(kind === 'stale' || mayBeShared(target, header))) return undefined;
  return { node, target, place, kind };
}

function added(call: ts.CallExpression, header: FileHeader): Write | undefined {
  const member = memberCall(call);
  if (member === undefined || !/^(?:add|push|set)$/.test(member.name)) return undefined;
  const place = placeName(member.receiver);
  if (place === undefined || !mayBeShared(member.receiver, header)) return undefined;
  return { node: call, target: member.receiver, place, kind: 'grows' };
}

function mayBeShared(target: ts.Expression, header: FileHeader): boolean {
  const root = rootOf(target);
  return root.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(root) && header.topLevel.has(root.text));
}

function kindOf(node: ts.Expression, place: string): WriteKind | undefined {
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.PlusPlusToken ? 'grows' : 'shrinks';
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const right = unwrap(node.right);
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.PlusEqualsToken:
      return waits(right) ? 'stale' : 'grows';
    case ts.SyntaxKind.MinusEqualsToken:
      return waits(right) ? 'stale' : 'shrinks';
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
      return ts.isAwaitExpression(right) ? 'opened' : undefined;
    case ts.SyntaxKind.EqualsToken:
      if (right.kind === ts.SyntaxKind.TrueKeyword) return 'flag';
      if (ts.isAwaitExpression(right)) return 'opened';
      // `this.client = client`, which may have been opened in the line before.
      if (ts.isIdentifier(right)) return 'opened';
      if (isReadBeforeWait(right, place)) return 'stale';
      return countedDown(right, place) ?? (summands(right).length > 0 ? 'carried' : undefined);
    default:
      return undefined;
  }
}

/** `balance = balance - amount` is `balance -= amount`. */
function countedDown(right: ts.Node, place: string): 'grows' | 'shrinks' | undefined {
  if (!ts.isBinaryExpression(right) || placeName(right.left) !== place || waits(right)) return undefined;
  if (right.operatorToken.kind === ts.SyntaxKind.MinusToken) return 'shrinks';
  return right.operatorToken.kind === ts.SyntaxKind.PlusToken ? 'grows' : undefined;
}

/** An await that is surely reached, in an operand or an argument: `1 + (await count())`. */
function waits(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isFunctionLike(node) || ts.isConditionalExpression(node)) return false;
  return ts.forEachChild(node, (child) => waits(child) || undefined) === true;
}

/** `[...this.items, await load()]`, `this.items.concat(await load())`: the old value is taken before the wait. */
function isReadBeforeWait(right: ts.Node, place: string): boolean {
  const isSum = ts.isBinaryExpression(right) && right.operatorToken.kind === ts.SyntaxKind.PlusToken;
  const isConcat = ts.isCallExpression(right) && memberCall(right)?.name === 'concat';
  if (!isSum && !isConcat && !ts.isArrayLiteralExpression(right)) return false;
  let read = false;
  let stale = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || stale) return;
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
      if (placeName(node) === place) {
        read = true;
        return;
      }
    }
    ts.forEachChild(node, visit);
    if (ts.isAwaitExpression(node) && read) stale = true;
  };
  visit(right);
  return stale;
}
