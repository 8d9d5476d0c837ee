import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';

/** A value that a test wants below a bound. */
export interface UpperBound {
  readonly value: ts.Expression;
  readonly bound: ts.Expression;
}

/** Matchers behind `expect(value)`, by the place of the bound among their arguments. */
const MATCHERS: ReadonlyMap<string, number> = new Map([
  ['toBeLessThan', 0],
  ['toBeLessThanOrEqual', 0],
  ['lessThan', 0],
  ['lessThanOrEqual', 0],
  ['below', 0],
  ['most', 0],
  ['lt', 0],
  ['lte', 0],
  ['within', 1],
]);

/** `assert.isBelow(value, bound)`. */
const FUNCTIONS = new Set(['isBelow', 'isAtMost']);

/** Functions that want a condition, and matchers that want `expect(condition)` to hold. */
const CONDITIONS = new Set(['ok', 'true', 'assert', 'isTrue', 'truthy', 'isOk']);
const HOLDS = new Set(['toBe', 'toEqual', 'toStrictEqual', 'toBeTruthy', 'toBeTrue', 'equal']);

/** Whether a call of this name may be an assertion of an upper bound. */
export function mayBound(name: string): boolean {
  return FUNCTIONS.has(name) || CONDITIONS.has(name) || MATCHERS.has(name) || HOLDS.has(name);
}

/** Reads a call as an assertion of an upper bound; `undefined` for all others. */
export function upperBoundOf(call: ts.CallExpression): UpperBound | undefined {
  const callee = unwrap(call.expression);
  const [first, second] = call.arguments;
  if (ts.isIdentifier(callee)) return callee.text === 'assert' && first ? comparison(first) : undefined;
  const member = memberCall(call);
  if (member === undefined) return undefined;
  const { name, receiver } = member;
  if (FUNCTIONS.has(name)) return first && second && { value: first, bound: second };
  if (CONDITIONS.has(name)) return first && comparison(first);
  const at = MATCHERS.get(name);
  const holds = HOLDS.has(name) && (first === undefined || first.kind === ts.SyntaxKind.TrueKeyword);
  if (at === undefined && !holds) return undefined;
  const value = expected(receiver);
  if (value === undefined) return undefined;
  if (holds) return comparison(value);
  const bound = at === undefined ? undefined : call.arguments[at];
  return bound && { value, bound };
}

/** The value of `expect(value)` or `value.should` at the beginning of a chain that does not turn the meaning round. */
function expected(chain: ts.Expression): ts.Expression | undefined {
  let node: ts.Node = unwrap(chain);
  while (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'not') return undefined;
    if (node.name.text === 'should') return node.expression;
    node = unwrap(node.expression);
  }
  if (!ts.isCallExpression(node)) return undefined;
  const callee = unwrap(node.expression);
  return ts.isIdentifier(callee) && callee.text === 'expect' ? node.arguments[0] : undefined;
}

/** `value < bound`, written either way round. */
function comparison(expression: ts.Expression): UpperBound | undefined {
  const node = unwrap(expression);
  if (!ts.isBinaryExpression(node)) return undefined;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.LessThanToken:
    case ts.SyntaxKind.LessThanEqualsToken:
      return { value: node.left, bound: node.right };
    case ts.SyntaxKind.GreaterThanToken:
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return { value: node.right, bound: node.left };
    default:
      return undefined;
  }
}
