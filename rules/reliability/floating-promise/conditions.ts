import { type TypeQuery, ts, unwrap } from '#api';
import { isLogical } from '../../_shared/operators.ts';
import { isPromise } from './promises.ts';

/** The calls of a condition that always give a promise, so that asking for the truth of it tells nothing. */
export function promisesAsked(condition: ts.Node, { checker, typeAt }: TypeQuery): readonly ts.CallExpression[] {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node)) {
    const isNot = node.operator === ts.SyntaxKind.ExclamationToken;
    return isNot ? promisesAsked(node.operand, { checker, typeAt }) : [];
  }
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const joins = isLogical(kind);
    return joins ? [node.left, node.right].flatMap((side) => promisesAsked(side, { checker, typeAt })) : [];
  }
  if (!ts.isCallExpression(node) || ts.isOptionalChain(node)) return [];
  const type = typeAt(node);
  // A promise that may be missing can be asked for.
  return checker.getNonNullableType(type) === type && isPromise(type, checker) ? [node] : [];
}
