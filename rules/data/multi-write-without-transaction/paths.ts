import { ts } from '#api';

/** Whether a path through a function runs both: the second is not in another branch, and nothing leaves in between. */
export function runsAfter(first: ts.Node, second: ts.Node): boolean {
  const around = new Set<ts.Node>();
  for (let up: ts.Node = first; up !== undefined; up = up.parent) around.add(up);
  let below: ts.Node = second;
  while (!around.has(below.parent)) below = below.parent;
  const common = below.parent;
  // What stands in the arguments of a call is done before it.
  if (common === first) return false;
  if (isBranching(common, below)) return false;
  // Branches that the first stands in, and the second does not.
  for (let at: ts.Node = first; at.parent !== common && at !== common; at = at.parent) {
    if (ts.isBlock(at.parent) && leaves(at.parent)) return false;
    if (ts.isCatchClause(at.parent) || ts.isReturnStatement(at.parent)) return false;
    if (ts.isIfStatement(at.parent) && ts.isReturnStatement(at)) return false;
  }
  const own = sideOf(first, common);
  if (ts.isBlock(own) && leaves(own)) return false;
  return !ts.isReturnStatement(own);
}

/** The child of `common` that holds a node. */
function sideOf(node: ts.Node, common: ts.Node): ts.Node {
  let at = node;
  while (at.parent !== common) at = at.parent;
  return at;
}

/** Two children of which one alone runs, or where the second looks after the first's failure. */
function isBranching(common: ts.Node, second: ts.Node): boolean {
  if (ts.isIfStatement(common)) return second !== common.expression && second === common.elseStatement;
  if (ts.isConditionalExpression(common) || ts.isCaseBlock(common)) return true;
  if (ts.isBinaryExpression(common)) return true;
  return ts.isTryStatement(common) && second === common.catchClause;
}

function leaves(block: ts.Block): boolean {
  const last = block.statements.at(-1);
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isBreakStatement(last) ||
      ts.isContinueStatement(last))
  );
}

/** Whether a failure of the second is dealt with where it happens, so that the first stands on purpose. */
export function mayFail(first: ts.Node, second: ts.Node): boolean {
  for (let at = second; at.parent !== undefined && !ts.isFunctionLike(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && at === parent.tryBlock && parent.catchClause !== undefined) {
      const holdsFirst = first.pos >= at.pos && first.end <= at.end;
      if (!holdsFirst) return true;
    }
    if (ts.isCatchClause(parent) || (ts.isTryStatement(parent) && at === parent.finallyBlock)) return true;
  }
  return false;
}
