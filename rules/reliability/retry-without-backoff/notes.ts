import { ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { some } from './walk.ts';

/** Errors of a write that came at the same time as another, or of a name that is taken: trying at once is right. */
export const CONFLICT =
  /P2002|P2034|11000|23505|40001|conflict|collision|duplicate|unique|version|serializ|deadlock|transient|EADDRINUSE|EEXIST/i;

/** Functions that tell somebody. */
const TELLS = /log|warn|info|debug|error|trace|write|capture|record|track|notify|push|message|stringify|String|Error/i;

/**
 * Whether code after a failure does nothing but count, note the error, and give up: what else it did may help the next
 * attempt. `error` is what the failure is called; calls in `beside` are the next attempt itself.
 */
export function onlyNotes(
  after: ts.Node,
  error: string | undefined,
  beside: ReadonlySet<ts.Node> = new Set(),
): boolean {
  return !some(after, (node) => {
    if (ts.isCallExpression(node)) {
      return !beside.has(node) && !TELLS.test(calledName(node) ?? '') && !isExit(node);
    }
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
    return error === undefined || !new RegExp(`\\b${error.replaceAll('$', '\\$')}\\b`).test(node.right.getText());
  });
}

/** `process.exit(1)`. */
export function isExit(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /\bexit$/.test(node.expression.getText());
}
