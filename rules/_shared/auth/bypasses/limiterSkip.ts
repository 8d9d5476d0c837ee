import { ts, unwrap } from '#api';
import { isLimiterName } from '../accessNames.ts';

/** By syntax alone, `skip: …`. */
export function isSkip(node: ts.PropertyAssignment): boolean {
  return ts.isIdentifier(node.name) && node.name.text === 'skip';
}

/** The condition of `skip: () => …` among the options of a limiter. */
export function skipCondition(property: ts.PropertyAssignment): ts.Expression | undefined {
  if (!isSkip(property)) return undefined;
  const call = property.parent.parent;
  if (!ts.isCallExpression(call) || !isLimiterName(call.expression.getText())) return undefined;
  const value = unwrap(property.initializer);
  if (!ts.isArrowFunction(value)) return value as ts.Expression;
  if (!ts.isBlock(value.body)) return value.body;
  const [only, ...more] = value.body.statements;
  return only !== undefined && more.length === 0 && ts.isReturnStatement(only) ? only.expression : undefined;
}
