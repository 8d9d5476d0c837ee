import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { isEqual, isFallback, isLogical } from '../../_shared/operators.ts';
import type { Lookup } from '../../_shared/sourceView.ts';

/** A place where a program decides what happens when something is missing. */
export interface Check {
  readonly node: ts.Node;
  /** Source texts of what has to be there: `process.env.X`, a local name, `config.url`. */
  readonly denied: readonly string[];
  /** `program` when it throws or exits, `function` when it merely leaves the function or the loop's turn. */
  readonly stops: 'program' | 'function';
}

/** Functions that stop when their argument is falsy. */
const ASSERTION = /^(?:assert|ok|invariant|require[A-Z]\w*|required?|must\w*|check\w*|ensure\w*)$/i;

/** What may turn out to be a check: code that stops in some case, or calls something by the name of an assertion. */
export type Candidate = ts.IfStatement | ts.CallExpression;

/** A first look, at every condition and call of a program. */
export function mayCheck(node: Candidate): boolean {
  return ts.isIfStatement(node) ? stopsAt(node.thenStatement) !== undefined : isAssertion(node);
}

/** Checks by node, whose node is new when its text is (cache: checks of values). Most files never have to be asked. */
const known = new WeakMap<Candidate, { readonly check: Check | undefined }>();

/** `if (!x) throw …`, `if (x === undefined || y == null) return`, `assert(x)`, `invariant(x && y, 'message')`. */
export function checkOf(node: Candidate): Check | undefined {
  let kept = known.get(node);
  if (kept === undefined) {
    kept = { check: ts.isIfStatement(node) ? conditionOf(node) : assertionOf(node) };
    known.set(node, kept);
  }
  return kept.check;
}

function conditionOf(statement: ts.IfStatement): Check | undefined {
  const stops = stopsAt(statement.thenStatement);
  if (stops === undefined) return undefined;
  // Whatever the condition: code that stops because of a value has looked at it.
  const denied = stops === 'program' ? referencesIn(statement.expression) : deniedBy(statement.expression);
  return denied.length === 0 ? undefined : { node: statement, denied, stops };
}

function assertionOf(call: ts.CallExpression): Check | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  const denied = conjuncts(first).flatMap((part) => (isReference(part) ? [textOf(part)] : []));
  return denied.length === 0 ? undefined : { node: call, denied, stops: 'program' };
}

function isAssertion(call: ts.CallExpression): boolean {
  const name = calledName(call);
  return name !== undefined && ASSERTION.test(name);
}

/** Whether the variable is checked right in the expression that reads it: `process.env.X ?? fail()`. */
export function isCheckedInPlace(node: ts.Node, lookup: Lookup): boolean {
  let inner = node;
  for (let { parent } = node; parent !== undefined; parent = parent.parent) {
    if (ts.isCallExpression(parent) && parent.expression !== inner) {
      if (isAssertion(parent)) return true;
      const called = calledHere(parent.expression, lookup);
      return called !== undefined && mayStop(called);
    }
    if (ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind)) {
      if (failsOrThrows(unwrap(parent.right))) return true;
    }
    if (!isPassive(parent)) return false;
    inner = parent;
  }
  return false;
}

/** The function of this file, or the method of the class around, that a callee names. */
function calledHere(callee: ts.Node, lookup: Lookup): ts.Node | undefined {
  const node = unwrap(callee);
  if (ts.isIdentifier(node)) {
    const declaration = lookup(node);
    const isFunction =
      declaration !== undefined && (ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration));
    return isFunction ? declaration : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  let owner: ts.Node = node;
  while (!ts.isClassLike(owner)) {
    if (ts.isSourceFile(owner)) return undefined;
    owner = owner.parent;
  }
  return owner.members.find((member) => member.name?.getText() === node.name.text);
}

/** What a read is kept in: `url` of `const url = process.env.URL`, `config.url` of `const config = { url: … }`. */
export function keptIn(node: ts.Node): string | undefined {
  if (ts.isBindingElement(node)) return ts.isIdentifier(node.name) ? node.name.text : undefined;
  let inner = node;
  let { parent } = node;
  while (parent !== undefined && isCarrier(parent, inner)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name.text : undefined;
  if (ts.isBinaryExpression(parent)) {
    const isAssigned = parent.right === inner && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isAssigned && isReference(parent.left) ? textOf(parent.left) : undefined;
  }
  if (!ts.isPropertyAssignment(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const declaration = parent.parent.parent;
  return ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name)
    ? `${declaration.name.text}.${parent.name.text}`
    : undefined;
}

/** The innermost function around a node, else the file. */
export function ownerOf(node: ts.Node): ts.Node {
  let owner = node.parent;
  while (owner.parent !== undefined && !ts.isFunctionLike(owner)) owner = owner.parent;
  return owner;
}

/** Whether a function, or anything in it, throws or ends the process. */
export function mayStop(owner: ts.Node): boolean {
  const visit = (node: ts.Node): boolean | undefined =>
    ts.isThrowStatement(node) ||
    (ts.isCallExpression(node) && (isExit(node) || throws(node))) ||
    ts.forEachChild(node, visit);
  return visit(owner) === true;
}

/** Source text without what changes nothing, and with one spelling for `['X']` and `?.`. */
export function textOf(node: ts.Node): string {
  const inner = unwrap(node);
  if (ts.isPropertyAccessExpression(inner)) return `${textOf(inner.expression)}.${inner.name.text}`;
  if (ts.isElementAccessExpression(inner) && ts.isStringLiteralLike(inner.argumentExpression))
    return `${textOf(inner.expression)}.${inner.argumentExpression.text}`;
  return inner.getText();
}

function isReference(node: ts.Node): boolean {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) return true;
  if (ts.isPropertyAccessExpression(inner))
    return isReference(inner.expression) || inner.expression.kind === ts.SyntaxKind.ThisKeyword;
  return ts.isElementAccessExpression(inner) && isReference(inner.expression);
}

/** All names and members that an expression mentions. */
function referencesIn(expression: ts.Node): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (isReference(node)) found.push(textOf(node));
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return found;
}

/** References that are missing, or may be, where the condition is true. */
function deniedBy(condition: ts.Node): readonly string[] {
  const node = unwrap(condition);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = unwrap(node.operand);
    // `!(a && b)` denies both.
    return conjuncts(operand).flatMap((part) => subject(part));
  }
  if (!ts.isBinaryExpression(node)) return [];
  const operator = node.operatorToken.kind;
  if (isLogical(operator)) return [...deniedBy(node.left), ...deniedBy(node.right)];
  if (!isEqual(operator)) return [];
  const [value, other] = isNothing(node.right) ? [node.left, node.right] : [node.right, node.left];
  return isNothing(other) ? subject(value) : [];
}

/** `x` of `x`, `x.trim()`, `x?.length`, `typeof x`. */
function subject(part: ts.Node): readonly string[] {
  let node = unwrap(part);
  if (ts.isTypeOfExpression(node)) node = unwrap(node.expression);
  if (ts.isCallExpression(node)) {
    const callee = unwrap(node.expression);
    // `isValid(x)` and `x.trim()`.
    const inside = node.arguments.flatMap((argument) => (isReference(argument) ? [textOf(argument)] : []));
    return ts.isPropertyAccessExpression(callee) && isReference(callee.expression)
      ? [...inside, textOf(callee.expression)]
      : inside;
  }
  if (!isReference(node)) return [];
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'length') return [textOf(node.expression)];
  return [textOf(node)];
}

function isNothing(node: ts.Node): boolean {
  const inner = unwrap(node);
  if (inner.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isIdentifier(inner)) return inner.text === 'undefined';
  if (ts.isNumericLiteral(inner)) return inner.text === '0';
  return ts.isStringLiteralLike(inner) && (inner.text === '' || inner.text === 'undefined');
}

function conjuncts(node: ts.Node): readonly ts.Node[] {
  const inner = unwrap(node);
  const isAnd = ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return isAnd ? [...conjuncts(inner.left), ...conjuncts(inner.right)] : [inner];
}

/** Expressions that hand a read on without deciding anything. */
function isPassive(node: ts.Node): boolean {
  if (
    ts.isParenthesizedExpression(node) ||
    ts.isPrefixUnaryExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node)
  ) {
    return true;
  }
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind > ts.SyntaxKind.LastAssignment || kind < ts.SyntaxKind.FirstAssignment;
}

/** What a value passes on its way into a variable: wrappers, conversions, `x?.trim()`. */
function isCarrier(parent: ts.Node, inner: ts.Node): boolean {
  if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent)) return true;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === inner && ts.isCallExpression(parent.parent);
  if (ts.isCallExpression(parent)) return true;
  return ts.isBinaryExpression(parent) && parent.left === inner && isFallback(parent.operatorToken.kind);
}

function stopsAt(statement: ts.Statement): Check['stops'] | undefined {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement;
  if (last === undefined) return undefined;
  if (ts.isThrowStatement(last)) return 'program';
  if (ts.isReturnStatement(last) || ts.isContinueStatement(last)) return 'function';
  return ts.isExpressionStatement(last) && failsOrThrows(unwrap(last.expression)) ? 'program' : undefined;
}

function failsOrThrows(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  if (isFunctionValue(callee)) return mayStop(callee);
  return isExit(node) || /fail|throw|panic|raise|die|missing|required?|exit|abort/i.test(callee.getText());
}

/** `optional.orElseThrow(…)`. */
function throws({ expression }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /throw/i.test(expression.name.text);
}

function isExit(call: ts.CallExpression): boolean {
  return /^process\.(?:exit|abort|kill)$/.test(call.expression.getText());
}
