import { ts } from '#api';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isDeliberate } from './deliberate.ts';
import { type Loop, type LoopNode, loopOf, mayAsk } from './loops.ts';
import { type RepeatedQuery, repeatedQueries } from './queries.ts';

/** Whether a loop around one is told of the same query: the finding stands there. */
export function isOfOuterLoop(query: RepeatedQuery, inner: Loop, source: SourceView): boolean {
  for (let up = inner.node.parent; up !== undefined && !ts.isSourceFile(up); up = up.parent) {
    const outer = isLoopNode(up) && mayAsk(up) ? loopOf(up) : undefined;
    if (outer === undefined || !repeatedQueries(outer, source).some(({ node }) => node === query.node)) continue;
    if (!isDeliberate(outer, source)) return true;
  }
  return false;
}

function isLoopNode(node: ts.Node): node is LoopNode {
  return ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isForStatement(node) || ts.isCallExpression(node);
}
