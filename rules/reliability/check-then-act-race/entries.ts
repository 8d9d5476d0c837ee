import { type FunctionNode, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Guard, guardOf } from './guards.ts';
import { mentions, placeName } from './places.ts';
import type { Write } from './writes.ts';

/** An entry that is made after a wait, behind the question whether it was there before the wait. */
export interface LateEntry {
  readonly guard: Guard;
  /** Whoever finds the entry is turned away: `if (taken.has(seat)) throw …`. */
  readonly refuses: boolean;
}

/**
 * The question behind `set.add(key)` and `map.set(key, value)`: `map.has(key)`, `map.get(key)`, or a variable that holds
 * its answer; `undefined` where nothing is awaited in between, or the key is another one.
 */
export function lateEntry(write: Write, fn: FunctionNode, source: SourceView): LateEntry | undefined {
  const { node, place } = write;
  if (!ts.isCallExpression(node)) return undefined;
  const name = memberCall(node)?.name;
  const [key] = node.arguments;
  if ((name !== 'add' && name !== 'set') || key === undefined) return undefined;
  const answers = (expression: ts.Node): 'present' | 'missing' | undefined => {
    const inner = unwrap(expression);
    if (ts.isPrefixUnaryExpression(inner) && inner.operator === ts.SyntaxKind.ExclamationToken) {
      const answer = answers(inner.operand);
      return answer && (answer === 'present' ? 'missing' : 'present');
    }
    if (ts.isCallExpression(inner)) return isAsked(inner, place, key) ? 'present' : undefined;
    const held = ts.isIdentifier(inner) ? source.lookup(inner) : undefined;
    if (held === undefined || !ts.isVariableDeclaration(held) || held.initializer === undefined) return undefined;
    const value = unwrap(held.initializer);
    return ts.isCallExpression(value) && isAsked(value, place, key) ? 'present' : undefined;
  };
  const guard = guardOf(write, fn, (asked) => mentions(asked, place) || answers(asked) !== undefined);
  if (guard === undefined || answers(guard.condition) !== (guard.whenTrue ? 'missing' : 'present')) return undefined;
  return { guard, refuses: turnsAway(guard) };
}

/**
 * Whether an entry stands for what is awaited: it holds its result, or that on which it is called (`await client.connect()`),
 * or says no more than that it was done, as `done.add(id)` does.
 */
export function isKept(awaited: ts.Expression, { node }: Write, source: SourceView): boolean {
  const value = ts.isCallExpression(node) ? node.arguments[1] : undefined;
  if (value === undefined) return true;
  const entry = unwrap(value);
  if (!ts.isIdentifier(entry)) return ts.isLiteralExpression(entry) || entry.kind === ts.SyntaxKind.TrueKeyword;
  const call = unwrap(awaited);
  const receiver = ts.isCallExpression(call) ? memberCall(call)?.receiver : undefined;
  if (receiver !== undefined && placeName(receiver) === entry.text) return true;
  const held = initialValue(entry, source);
  const kept = held === undefined ? undefined : unwrap(held);
  return kept !== undefined && ts.isAwaitExpression(kept) && kept.expression === awaited;
}

function isAsked(call: ts.CallExpression, place: string, key: ts.Expression): boolean {
  const member = memberCall(call);
  if (member === undefined || (member.name !== 'has' && member.name !== 'get')) return false;
  return placeName(member.receiver) === place && call.arguments[0]?.getText() === key.getText();
}

function turnsAway({ condition, whenTrue }: Guard): boolean {
  const { parent } = condition;
  if (whenTrue || !ts.isIfStatement(parent)) return false;
  const { thenStatement } = parent;
  const last = ts.isBlock(thenStatement) ? thenStatement.statements.at(-1) : thenStatement;
  return last !== undefined && ts.isThrowStatement(last);
}
