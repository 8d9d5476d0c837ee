import { ts, unwrap } from '#api';
import { withWrappers } from '../enclosing.ts';
import { isComparison, isFallback } from '../operators.ts';

/** How a value is used right where it is read; decides its schema. */
export interface Usage {
  /** What happens when the variable is missing. */
  readonly use: 'required' | 'optional' | 'default';
  /** Source text of the literal behind `??` or `||`. */
  readonly fallback?: string;
  /** Some value stands in when the variable is missing, be it behind a conversion: `Number(process.env.X) || 1`. */
  readonly hasFallback: boolean;
  /** An empty text counts as missing, too: the fallback stands behind `||`. */
  readonly orEmpty?: true;
  /** Handed to Number, parseInt, parseFloat or a unary plus. */
  readonly numeric: boolean;
  /** String literals it is compared with. */
  readonly compared: readonly string[];
}

/** Reads the use of a variable off the expressions around its read. */
export function usage(node: ts.Node): Usage {
  if (ts.isBindingElement(node)) {
    const fallback = node.initializer === undefined ? undefined : literalText(node.initializer);
    return {
      use: node.initializer === undefined ? 'required' : 'default',
      ...(fallback && { fallback }),
      hasFallback: node.initializer !== undefined,
      numeric: false,
      compared: [],
    };
  }
  let use: Usage['use'] = 'required';
  let fallback: string | undefined;
  let hasFallback = false;
  let orEmpty = false;
  let inner = withWrappers(node);
  let { parent } = inner;
  if (ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind)) {
    fallback = literalText(parent.right);
    use = fallback === undefined ? 'optional' : 'default';
    hasFallback = true;
    orEmpty = parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    inner = withWrappers(parent);
    parent = inner.parent;
  }
  const compared: string[] = [];
  if (ts.isBinaryExpression(parent) && isComparison(parent.operatorToken.kind)) {
    const other = unwrap(parent.left === inner ? parent.right : parent.left);
    if (ts.isStringLiteralLike(other)) compared.push(other.text);
    use = use === 'required' ? 'optional' : use;
  } else if (isTested(parent, inner)) use = use === 'required' ? 'optional' : use;
  const numeric = isNumeric(parent, inner);
  hasFallback ||= numeric && isLeftOfFallback(parent);
  return {
    use,
    ...(fallback !== undefined && { fallback }),
    hasFallback,
    ...(orEmpty && { orEmpty }),
    numeric,
    compared,
  };
}

function isLeftOfFallback(node: ts.Node): boolean {
  const inner = withWrappers(node);
  const { parent } = inner;
  return ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind);
}

/** Only asked whether it is there. */
function isTested(parent: ts.Node, inner: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isConditionalExpression(parent)) return parent.condition === inner;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === inner;
  if (ts.isPropertyAccessExpression(parent)) return parent.questionDotToken !== undefined;
  if (ts.isCallExpression(parent)) return parent.arguments[0] === inner && parent.expression.getText() === 'Boolean';
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

function isNumeric(parent: ts.Node, inner: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.PlusToken;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === inner &&
    /^(?:Number|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat)$/.test(parent.expression.getText())
  );
}

function literalText(node: ts.Node): string | undefined {
  const value = unwrap(node);
  const isLiteral =
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword;
  return isLiteral ? value.getText() : undefined;
}
