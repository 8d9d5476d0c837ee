import { ts, unwrap } from '#api';
import { isFallback } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Names are followed this many times. */
const MAX_DEPTH = 4;

const PAGE = /^(?:page|pageNo|pageNum|pageNumber|pageIndex|currentPage|_page)$|Page(?:Num(?:ber)?)?$/;

/**
 * The page number that an offset is worked out with: `page` of `(page - 1) * size`, itself or through local names. An upper
 * bound for the page keeps the offset small, and then there is nothing to say.
 */
export function pageNumber(expression: ts.Node, source: SourceView, depth = 0): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    if (kind === ts.SyntaxKind.AsteriskToken) return factor(node.left, source) ?? factor(node.right, source);
    return isFallback(kind) ? pageNumber(node.left, source, depth + 1) : undefined;
  }
  if (ts.isConditionalExpression(node)) {
    return pageNumber(node.whenTrue, source, depth + 1) ?? pageNumber(node.whenFalse, source, depth + 1);
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'Math.max') {
    for (const argument of node.arguments) {
      const page = pageNumber(argument, source, depth + 1);
      if (page !== undefined) return page;
    }
    return undefined;
  }
  const value = ts.isIdentifier(node) ? declaredValue(node, source) : undefined;
  return value && pageNumber(value, source, depth + 1);
}

/** The name of a page number in one side of a product. */
function factor(side: ts.Expression, source: SourceView): string | undefined {
  let found: string | undefined;
  const visit = (node: ts.Node): void => {
    if (!ts.isIdentifier(node) || !PAGE.test(node.text)) ts.forEachChild(node, visit);
    else found ??= isCapped(node, source) ? undefined : node.text;
  };
  visit(side);
  return found;
}

function isCapped(name: ts.Identifier, source: SourceView): boolean {
  return /Math\.min|clamp/i.test(declaredValue(name, source)?.getText() ?? '');
}

function declaredValue(name: ts.Identifier, source: SourceView): ts.Expression | undefined {
  const declaration = source.lookup(name);
  return declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}
