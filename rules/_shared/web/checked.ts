import { type FunctionNode, ts, unwrap } from '#api';
import { enclosingFunction } from '../enclosing.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';
import { handlerOf } from './handlerRoles.ts';

/** Functions that look at a value, or refuse one: `isAllowed(url)`, `url.startsWith(…)`, `assertInside(path)`. */
const LOOKS =
  /valid|check|allow|safe|sanit|verif|assert|ensure|guard|permit|trusted|whitelist|inside|within|startsWith|endsWith|includes|indexOf|match|^test$|^exec$|^has$|^some$|^find|relative|^is[A-Z]/i;

/**
 * Says that the function around a value looks at more of it than whether it is there: in a condition, or by a call of a
 * function that checks. What the check is worth cannot be told, so rules about unchecked values stay silent.
 */
export function isChecked(value: ts.Expression, source: SourceView, use?: ts.Node): boolean {
  const names = { values: new Set<string>(), holders: new Set<string>() };
  gather(value, source, names.values, names.holders);
  const scope = handlerAround(value, source);
  return scope?.body !== undefined && names.values.size > 0 && looksAt(scope.body, names, use);
}

/** How a value is written. */
export interface Names {
  /** `req.query.url`, and every local that holds it. */
  readonly values: ReadonlySet<string>;
  /** What it is a part of, `req.query`: a look at it counts as a whole alone, not one at another part of it. */
  readonly holders: ReadonlySet<string>;
}

/** The handler that an expression runs in, or the outermost function where there is none. */
function handlerAround(node: ts.Node, source: SourceView): FunctionNode | undefined {
  let outer = enclosingFunction(node);
  for (let up = outer; up !== undefined; up = enclosingFunction(up)) {
    outer = up;
    if (handlerOf(up, source) !== undefined) break;
  }
  return outer;
}

function gather(expression: ts.Node, source: SourceView, into: Set<string>, holders: Set<string>): void {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const before = into.size;
    const declaration = source.lookup(node);
    if (declaration === undefined || ts.isParameter(declaration)) return;
    if (into.add(node.text).size === before) return;
    const initial = ts.isBindingElement(declaration) ? undefined : initialValue(node, source);
    if (initial !== undefined) gather(initial, source, into, holders);
    return;
  }
  if (ts.isFunctionLike(node)) return;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    into.add(node.getText());
    // `url.hostname` is a part of what is looked at as `url`; `req.query` holds more than that.
    const isOwn = ts.isIdentifier(unwrap(node.expression)) || !isAccess(unwrap(node.expression));
    gather(node.expression, source, isOwn ? into : holders, holders);
    return;
  }
  ts.forEachChild(node, (child) => gather(child, source, into, holders));
}

function isAccess(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Whether code looks at more of a value, as one of these names writes it, than whether it is there. */
export function looksAt(root: ts.Node, names: Names, use?: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
      if (isLook(node.expression, names)) return true;
    } else if (ts.isConditionalExpression(node)) {
      if (isLook(node.condition, names)) return true;
    } else if (ts.isSwitchStatement(node)) {
      if (mentions(node.expression, names)) return true;
    } else if (ts.isCallExpression(node) && node !== use && LOOKS.test(calleeName(node)) && mentions(node, names)) {
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
  // A plain `exec` runs a command; that of a regular expression is a member.
  if (ts.isIdentifier(expression)) return expression.text === 'exec' ? '' : expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/** A condition on more than whether the value is there. */
function isLook(condition: ts.Expression, names: Names): boolean {
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

function isName(node: ts.Node, names: Names): boolean {
  const isReference =
    ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  if (!isReference) return false;
  const text = node.getText();
  return names.values.has(text) || names.holders.has(text);
}

function mentions(node: ts.Node, names: Names): boolean {
  if (isName(node, names)) return true;
  if (ts.isPropertyAccessExpression(node)) {
    return !names.holders.has(node.expression.getText()) && mentions(node.expression, names);
  }
  return ts.forEachChild(node, (child) => mentions(child, names) || undefined) === true;
}
