import { ts, unwrap } from '#api';
import { isNullish } from '../../_shared/calls.ts';
import type { Use } from './flow.ts';

/**
 * Whether a condition about what the client shows holds for those who show nothing: `true` for `!header`, `false` for
 * `header?.startsWith('Basic ')`, `undefined` where it cannot be told.
 */
export function holdsWithout(condition: ts.Expression, uses: readonly Use[]): boolean | undefined {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const inner = holdsWithout(node.operand, uses);
    return inner === undefined ? undefined : !inner;
  }
  if (ts.isBinaryExpression(node)) return combined(node, uses);
  // A text that is missing is no text of any form.
  return uses.some(({ read }) => read.pos >= node.pos && read.end <= node.end) ? false : undefined;
}

function combined({ left, operatorToken, right }: ts.BinaryExpression, uses: readonly Use[]): boolean | undefined {
  const operator = operatorToken.getText();
  if (operator === '&&' || operator === '||') {
    const decides = operator === '||';
    const sides = [holdsWithout(left, uses), holdsWithout(right, uses)];
    if (sides.includes(decides)) return decides;
    return sides.includes(undefined) ? undefined : !decides;
  }
  if (!/^[!=]==?$/.test(operator)) return undefined;
  const other = unwrap(ts.isLiteralExpression(unwrap(left)) || isNullish(unwrap(left)) ? left : right);
  const asksForNothing = isNullish(other) || (ts.isStringLiteralLike(other) && /^(?:undefined|)$/.test(other.text));
  return asksForNothing === operator.startsWith('=');
}
