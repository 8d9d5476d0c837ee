import { ts, unwrap } from '#api';
import { enclosingFunction } from '../enclosing.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';

/** Functions that look at a value, or refuse one: `isAllowed(url)`, `url.startsWith(…)`, `assertInside(path)`. */
const LOOKS =
  /valid|check|allow|safe|sanit|verif|assert|ensure|guard|permit|trusted|whitelist|inside|within|startsWith|endsWith|includes|indexOf|match|^test$|^exec$|^has$|^some$|^find$|relative|^is[A-Z]/i;

/**
 * Says that the function around a value looks at more of it than whether it is there: in a condition, or by a call of a
 * function that checks. What the check is worth cannot be told, so rules about unchecked values stay silent.
 */
export function isChecked(value: ts.Expression, source: SourceView): boolean {
  const names = new Set<string>();
  gather(value, source, names);
  let outer = enclosingFunction(value);
  for (let up = outer; up !== undefined; up = enclosingFunction(up)) outer = up;
  return outer?.body !== undefined && names.size > 0 && looksAt(outer.body, names);
}

/** How a value is written: `req.query.url`, and every local on the way to it. */
function gather(expression: ts.Node, source: SourceView, into: Set<string>): void {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const before = into.size;
    const declaration = source.lookup(node);
    if (declaration === undefined || ts.isParameter(declaration)) return;
    if (into.add(node.text).size === before) return;
    const initial = ts.isBindingElement(declaration) ? undefined : initialValue(node, source);
    if (initial !== undefined) gather(initial, source, into);
    return;
  }
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) into.add(node.getText());
  if (ts.isFunctionLike(node)) return;
  ts.forEachChild(node, (child) => gather(child, source, into));
}

/** Whether code looks at more of a value, as one of these names writes it, than whether it is there. */
export function looksAt(root: ts.Node, names: ReadonlySet<string>): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
      if (isLook(node.expression, names)) return true;
    } else if (ts.isConditionalExpression(node)) {
      if (isLook(node.condition, names)) return true;
    } else if (ts.isSwitchStatement(node)) {
      if (mentions(node.expression, names)) return true;
    } else if (ts.isCallExpression(node) && LOOKS.test(calleeName(node)) && mentions(node, names)) {
      return true;
    } else if (ts.isElementAccessExpression(node) && mentions(node.argumentExpression, names)) {
      // Picked from a table by its key.
      return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(root);
}

function calleeName({ expression }: ts.CallExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** A condition on more than whether the value is there. */
function isLook(condition: ts.Expression, names: ReadonlySet<string>): boolean {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node)) return isLook(node.operand, names);
  if (isName(node, names) || ts.isTypeOfExpression(node)) return false;
  if (!ts.isBinaryExpression(node)) return mentions(node, names);
  const isJoin = /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText());
  if (isJoin) return isLook(node.left, names) || isLook(node.right, names);
  const isPresence = [node.left, node.right].some(
    (side) => isNothing(unwrap(side)) || ts.isTypeOfExpression(unwrap(side)),
  );
  return !isPresence && mentions(node, names);
}

function isNothing(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return node.text === '';
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined');
}

function isName(node: ts.Node, names: ReadonlySet<string>): boolean {
  const isReference =
    ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isReference && names.has(node.getText());
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (isName(node, names)) return true;
  if (ts.isPropertyAccessExpression(node)) return mentions(node.expression, names);
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) === true;
}
