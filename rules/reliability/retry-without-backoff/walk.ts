import { ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** Whether a node or one in it passes; functions inside are left out. */
export function some(within: ts.Node, passes: (node: ts.Node) => boolean): boolean {
  const visit = (node: ts.Node): boolean => {
    if (passes(node)) return true;
    if (node !== within && isFunctionWithBody(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(within);
}
