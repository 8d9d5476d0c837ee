import type { TypeQuery } from '../api/rule.ts';
import type { ts } from '../ts.ts';

/** What rules and fixes may ask of a checker. Valid until the next edit; never kept across an `await`. */
export function createTypeQuery(checker: ts.TypeChecker): TypeQuery {
  return { checker, typeAt: (node) => checker.getTypeAtLocation(node) };
}
