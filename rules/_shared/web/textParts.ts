import { ts, unwrap } from '#api';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';

/**
 * What a text is put together from, in order: literals as texts, all else as expressions. Templates, `+` and locals that are
 * set once are taken apart, each a single time: texts that double at every step would never end.
 * @param seen what such locals start with, as far as it was taken apart already
 */
export function textParts(
  expression: ts.Node,
  source: SourceView,
  seen: Set<ts.Node> = new Set(),
): readonly (string | ts.Expression)[] {
  const node = unwrap(expression) as ts.Expression;
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap(({ expression: inner, literal }) => [
      ...textParts(inner, source, seen),
      literal.text,
    ]);
    return [node.head.text, ...spans].filter((part) => part !== '');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...textParts(node.left, source, seen), ...textParts(node.right, source, seen)];
  }
  if (ts.isIdentifier(node)) {
    const initial = isConstant(node, source) ? initialValue(node, source) : undefined;
    const isText =
      initial !== undefined &&
      !seen.has(initial) &&
      /^(?:StringLiteral|NoSubstitution|Template|Binary)/.test(ts.SyntaxKind[initial.kind]);
    if (isText) return textParts(initial, source, seen.add(initial));
  }
  return [node];
}

function isConstant(identifier: ts.Identifier, source: SourceView): boolean {
  const declaration = source.lookup(identifier);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}
