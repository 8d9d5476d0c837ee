import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';

/** Functions and methods that ask whether a result is an error. */
const ASKS = /^is(?:Err|Error|Failure|Fail|Left|Ok|Success|Right)$/;

/**
 * Whether what a handler awaits gives its errors back as values, by how the handler looks at them: `result instanceof Err`,
 * `result.isErr()`. Such functions do not reject. An `instanceof` in a `catch` is about what was thrown.
 */
export function givesErrorsBack({ body }: FunctionNode): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isCatchClause(node)) return false;
    if (ts.isCallExpression(node) && ASKS.test(calledName(node) ?? '')) return true;
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) {
      if (/(?:Err|Error|Failure|Left)$/.test(node.right.getText())) return true;
    }
    return ts.forEachChild(node, visit) ?? false;
  };
  return body !== undefined && visit(body);
}
