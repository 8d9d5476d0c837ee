import { ts, unwrap } from '#api';
import { calledName, constant, memberAccess } from '../../_shared/calls.ts';

const EQUAL = /^(?:toBe|toEqual|toStrictEqual|equals?|eql|is|strictEqual|deepEqual|deepStrictEqual)$/;
const TRUE = /^(?:toBeTruthy|toBeTrue|ok|true|isTrue|isOk)$/;

/** Assertions in a body that compare what stands in the source: `expect(true).toBe(true)`, `assert.equal(1, 1)`. */
export function tautologies(body: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && isTautology(unwrap(node.expression))) found.push(node.expression);
    else ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** Whether what a statement does is to compare what stands in the source. */
export function isTautology(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return TRUE.test(node.name.text) && isTruth(subjectOf(node));
  if (!ts.isCallExpression(node)) return false;
  const name = calledName(node) ?? '';
  const [first, second] = node.arguments;
  const access = memberAccess(unwrap(node.expression));
  const isAssert =
    access === undefined ? name === 'assert' : ts.isIdentifier(access.receiver) && access.receiver.text === 'assert';
  if (isAssert) {
    if (name === 'assert' || TRUE.test(name)) return isTruth(first);
    return EQUAL.test(name) && isSame(first, second);
  }
  const subject = subjectOf(node.expression);
  return TRUE.test(name) ? isTruth(subject) : EQUAL.test(name) && isSame(subject, first);
}

/** What `expect(…)` at the head of a chain of names is given. A chain with `not` says the opposite. */
function subjectOf(chain: ts.Node): ts.Expression | undefined {
  let node = unwrap(chain);
  while (ts.isPropertyAccessExpression(node) && node.name.text !== 'not') node = unwrap(node.expression);
  const isExpect = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'expect';
  return isExpect ? (node as ts.CallExpression).arguments[0] : undefined;
}

function isTruth(node: ts.Expression | undefined): boolean {
  return node !== undefined && constant(node)?.value === true;
}

function isSame(a: ts.Expression | undefined, b: ts.Expression | undefined): boolean {
  const first = a && constant(a);
  const second = b && constant(b);
  return first !== undefined && second !== undefined && first.value === second.value;
}
