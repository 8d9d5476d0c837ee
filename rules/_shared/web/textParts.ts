import { ts, unwrap } from '#api';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';

/** How many locals are followed. */
const MAX_DEPTH = 6;

/**
 * What a text is put together from, in order: literals as texts, all else as expressions. Templates, `+` and locals that are
 * set once are taken apart.
 */
export function textParts(expression: ts.Node, source: SourceView, depth = 0): readonly (string | ts.Expression)[] {
  const node = unwrap(expression) as ts.Expression;
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap(({ expression: inner, literal }) => [
      ...textParts(inner, source, depth),
      literal.text,
    ]);
    return [node.head.text, ...spans].filter((part) => part !== '');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...textParts(node.left, source, depth), ...textParts(node.right, source, depth)];
  }
  if (ts.isIdentifier(node) && depth < MAX_DEPTH) {
    const initial = isConstant(node, source) ? initialValue(node, source) : undefined;
    const isText =
      initial !== undefined && /^(?:StringLiteral|NoSubstitution|Template|Binary)/.test(ts.SyntaxKind[initial.kind]);
    if (isText) return textParts(initial, source, depth + 1);
  }
  return [node];
}

function isConstant(identifier: ts.Identifier, source: SourceView): boolean {
  const declaration = source.lookup(identifier);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return false;
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}
