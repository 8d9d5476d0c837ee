import { ts } from '#api';
import { keptIn } from '../../_shared/lifecycle/keeping.ts';
import { mentionsOf } from '../../_shared/lifecycle/mentions.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Whether somebody looks if a number came out: a fallback, a check of it, a choice around it, a schema. */
export function isGuarded(number: ts.Expression, source: SourceView): boolean {
  let inner: ts.Node = number;
  let { parent } = number;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isConditionalExpression(parent) || ts.isIfStatement(parent) || ts.isPrefixUnaryExpression(parent)) return true;
  // NaN is what `default` is for.
  if (ts.isSwitchStatement(parent)) return true;
  if (ts.isBinaryExpression(parent)) {
    const isAssignment = parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    // `Number(x) || 3000`, `Number(x) > 0`: NaN is false. `Number(x) * 1000` hands it on.
    if (!isAssignment) return !isArithmetic(parent.operatorToken.kind) || isGuarded(parent, source);
  }
  if (ts.isCallExpression(parent) && parent.expression !== inner) return true;
  const kept = keptIn(number, source.lookup);
  if (kept.how !== 'kept') return false;
  return mentionsOf(kept.in, source.lookup).some(({ parent: user }) => isCheck(user));
}

function isCheck(user: ts.Node): boolean {
  if (ts.isCallExpression(user) || ts.isIfStatement(user) || ts.isConditionalExpression(user)) return true;
  if (ts.isPrefixUnaryExpression(user)) return true;
  return ts.isBinaryExpression(user) && !isArithmetic(user.operatorToken.kind);
}

function isArithmetic(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.PlusToken ||
    kind === ts.SyntaxKind.MinusToken ||
    kind === ts.SyntaxKind.AsteriskToken ||
    kind === ts.SyntaxKind.SlashToken
  );
}
