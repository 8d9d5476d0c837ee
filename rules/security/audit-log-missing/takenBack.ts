import { type FunctionNode, ts } from '#api';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Deed, modelName } from './deeds.ts';

/**
 * Whether the same function creates accounts as well: what could not be kept is taken back, and what fills a database begins
 * with emptying it. So does whatever is done in `catch`.
 */
export function isTakenBack(awaited: ts.Node, { model }: Deed, entry: FunctionNode, source: SourceView): boolean {
  if (ts.findAncestor(awaited, (node) => (node === entry ? 'quit' : ts.isCatchClause(node))) !== undefined) return true;
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) && node !== awaited) {
      const call = dataCall(node, source);
      if (call !== undefined && /^(?:create|insert)/.test(call.method) && modelName(call.target) === model) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return entry.body !== undefined && visit(entry.body);
}
