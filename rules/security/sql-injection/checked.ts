import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Calls that let a value through only when it is one of a list, or has a shape. */
const CHECKS =
  /^(?:includes|has|hasOwn|hasOwnProperty|indexOf|test|match|isNaN|isInteger|isFinite|is[A-Z]\w*|validate\w*|assert\w*|find|some)$/;

/** True when the function around a value asks something of it first. */
export function isChecked(part: ts.Expression, source: SourceView): boolean {
  const fn = enclosingFunction(part);
  const names = new Set([unwrap(part).getText(), originText(part, source)]);
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (ts.isCallExpression(node) && CHECKS.test(calledName(node) ?? '')) {
      found = [...node.arguments, node.expression].some((argument) => mentions(argument, names));
    } else if (ts.isBinaryExpression(node)) {
      const isComparison =
        node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
        node.operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ||
        node.operatorToken.kind === ts.SyntaxKind.InKeyword;
      found = isComparison && ts.isStringLiteralLike(node.right) && names.has(unwrap(node.left).getText());
      found ||= node.operatorToken.kind === ts.SyntaxKind.InKeyword && names.has(unwrap(node.left).getText());
    }
    if (!found) ts.forEachChild(node, visit);
  };
  if (fn !== undefined) visit(fn);
  return found;
}

/** What a local variable was read from. */
function originText(part: ts.Expression, source: SourceView): string {
  const node = unwrap(part);
  const declaration = ts.isIdentifier(node) ? source.lookup(node) : undefined;
  return declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? unwrap(declaration.initializer).getText()
    : node.getText();
}

function mentions(argument: ts.Expression, names: ReadonlySet<string>): boolean {
  const node = unwrap(argument);
  if (names.has(node.getText())) return true;
  return ts.isPropertyAccessExpression(node) && names.has(unwrap(node.expression).getText());
}
