import { ts, unwrap } from '#api';
import { isSkip } from './limiterSkip.ts';

/** What may hold a condition on the environment. */
export type Holder = ts.IfStatement | ts.ConditionalExpression | ts.BinaryExpression | ts.PropertyAssignment;

/** `a || b`, `a && b`. */
export function isLogical(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  return operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** Operands of the same operator, parentheses dropped; chains are as long as somebody cares to write, so no recursion. */
export function operandsOf(node: ts.BinaryExpression): readonly ts.Expression[] {
  const operator = node.operatorToken.kind;
  const operands: ts.Expression[] = [];
  const open: ts.Expression[] = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const inner = unwrap(at);
    if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === operator) open.push(inner.right, inner.left);
    else operands.push(inner as ts.Expression);
  }
  return operands;
}

/** All places of a file where a switch may decide something, for fixes, which have no facts at hand. */
export function holdersOf(file: ts.SourceFile): readonly Holder[] {
  const holders: Holder[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || isLogical(node)) holders.push(node);
    else if (ts.isPropertyAssignment(node) && isSkip(node)) holders.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return holders;
}
