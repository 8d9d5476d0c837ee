import { type FunctionNode, ts, unwrap } from '#api';
import { isNullish } from '../calls.ts';
import { enclosingFunction, isFunctionWithBody } from '../enclosing.ts';
import { initialValue } from '../initialValue.ts';
import type { SourceView } from '../sourceView.ts';
import { handlerOf, webRole } from './handlerRoles.ts';
import { isLookedUp } from './lookedUp.ts';
import { addNames, isAccess, isName, isView, mentions, type Names } from './valueNames.ts';

/** Functions that look at a value, or refuse one: `isAllowed(url)`, `url.startsWith(…)`, `assertInside(path)`. */
const LOOKS =
  /valid|check|allow|safe|sanit|verif|assert|ensure|guard|permit|authenti|authoriz|trusted|whitelist|inside|within|startsWith|endsWith|includes|indexOf|match|^test$|^exec$|^has$|^some$|^find|relative|^is[A-Z]/i;

/**
 * Says that the function around a value looks at more of it than whether it is there: in a condition, or by a call of a
 * function that checks. What the check is worth cannot be told, so rules about unchecked values stay silent.
 */
export function isChecked(value: ts.Expression, source: SourceView, beside: Beside = {}): boolean {
  const names = { values: new Set<string>(), holders: new Set<string>() };
  gather(value, source, names.values, names.holders);
  const scope = handlerAround(value, source);
  if (scope?.body === undefined || names.values.size === 0) return false;
  return (
    looksAt(scope.body, names, beside) ||
    isLookedUp(scope.body, beside.use ?? value, { ...beside, names }) ||
    isCheckedBefore(scope, names, source, beside)
  );
}

/** Whether middleware that stands before the handler in its file looks at the same part of the request. */
function isCheckedBefore(handler: FunctionNode, names: Names, source: SourceView, beside: Beside): boolean {
  // Locals of another function have nothing to do with those of this one.
  const values = new Set([...names.values].filter((name) => /[.[]/.test(name)));
  if (values.size === 0 || !/\.use\(/.test(handler.getSourceFile().text.slice(0, handler.pos))) return false;
  const scope = enclosingFunction(handler)?.body ?? handler.getSourceFile();
  source.relyOn(scope);
  const visit = (node: ts.Node): boolean => {
    if (node.pos >= handler.pos) return false;
    if (ts.isCallExpression(node) && calleeName(node) === 'use') {
      const middleware = node.arguments.map(unwrap).filter(isFunctionWithBody);
      if (middleware.some(({ body }) => body && looksAt(body, { ...names, values }, beside))) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(scope);
}

/** What looks at a value without saying anything that counts for a rule. */
export interface Beside {
  /** The call that the rule is about. */
  readonly use?: ts.Node;
  /** Says that a call or comparison asks for something else: whether a file is there, how an address begins. */
  readonly says?: (node: ts.Expression) => boolean;
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
    if (declaration === undefined || isRequest(declaration, source)) return;
    if (into.add(node.text).size === before) return;
    const isHeld = !ts.isBindingElement(declaration) && !ts.isParameter(declaration);
    const initial = isHeld ? initialValue(node, source) : undefined;
    if (initial !== undefined) gather(initial, source, into, holders);
    return;
  }
  if (ts.isFunctionLike(node)) return;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    into.add(node.getText());
    // `url.hostname` is a part of what is looked at as `url`; `req.query` holds more than that.
    const owner = unwrap(node.expression);
    const isPart = isAccess(owner) || isParameterName(owner, source);
    gather(owner, source, isPart ? holders : into, holders);
    return;
  }
  ts.forEachChild(node, (child) => gather(child, source, into, holders));
}

/** `req` itself is no value that anybody looks at. */
function isRequest(declaration: ts.Declaration, source: SourceView): boolean {
  return ts.isParameter(declaration) && webRole(declaration, source) !== undefined;
}

function isParameterName(node: ts.Node, source: SourceView): boolean {
  const declaration = ts.isIdentifier(node) ? source.lookup(node) : undefined;
  return declaration !== undefined && ts.isParameter(declaration);
}

/** Whether code looks at more of a value, as one of these names writes it, than whether it is there. */
export function looksAt(root: ts.Node, given: Names, beside: Beside = {}): boolean {
  const { use, says = () => false } = beside;
  const values = new Set(given.values);
  const names: Names = { values, holders: given.holders };
  const visit = (node: ts.Node): boolean => {
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
      if (isLook(node.expression, names, says)) return true;
    } else if (ts.isConditionalExpression(node)) {
      if (isLook(node.condition, names, says)) return true;
    } else if (ts.isSwitchStatement(node)) {
      if (mentions(node.expression, names)) return true;
    } else if (ts.isCallExpression(node) && node !== use && LOOKS.test(calleeName(node)) && !says(node)) {
      if (mentions(node, names)) return true;
    } else if (ts.isElementAccessExpression(node) && mentions(node.argumentExpression, names)) {
      // Picked from a table by its key.
      return true;
    } else if (ts.isVariableDeclaration(node) && node.initializer !== undefined && isView(node.initializer)) {
      if (mentions(node.initializer, names)) addNames(node.name, values);
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
function isLook(condition: ts.Expression, names: Names, says: (node: ts.Expression) => boolean): boolean {
  const node = unwrap(condition) as ts.Expression;
  if (ts.isPrefixUnaryExpression(node)) return isLook(node.operand, names, says);
  if (isName(node, names) || ts.isTypeOfExpression(node) || isTrimmed(node) || says(node)) return false;
  if (ts.isAwaitExpression(node)) return isLook(node.expression, names, says);
  if (!ts.isBinaryExpression(node)) return mentions(node, names);
  const isJoin = /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText());
  if (isJoin) return isLook(node.left, names, says) || isLook(node.right, names, says);
  const isPresence = [node.left, node.right].some((side) => {
    const inner = unwrap(side);
    return isNothing(inner) || ts.isTypeOfExpression(inner) || isCount(inner);
  });
  return !isPresence && mentions(node, names);
}

/** `name.trim()` alone asks whether anything is left. */
function isTrimmed(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'trim'
  );
}

/** `name.length`, which says nothing about what the characters are. */
function isCount(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === 'length';
}

function isNothing(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return node.text === '';
  return isNullish(node);
}
