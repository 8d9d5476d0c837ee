import { type FunctionNode, ts } from '#api';
import { hasModifier } from '../../_shared/modifiers.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import { has, set } from '../../_shared/words.ts';

/** What lets everybody pass by design, or is there until somebody brings the real one. */
const REPLACEABLE = set(
  'base abstract default defaults optional placeholder noop no null open allow public anonymous skip local dev guest disabled ' +
    'disable always never pass passthrough fallback unprotected log logger logging track tracking metric metrics context',
);

/** Something around, as it is named, says that nobody is meant to be kept out: `DEFAULTS`, `anonymousStrategy`, `LoggingGuard`. */
export function isReplaceable(fn: FunctionNode): boolean {
  for (let at: ts.Node = fn.parent; at !== undefined; at = at.parent) {
    const name =
      ts.isClassLike(at) || ts.isVariableDeclaration(at) || ts.isPropertyAssignment(at) || ts.isFunctionDeclaration(at)
        ? at.name
        : undefined;
    if (name !== undefined && ts.isIdentifier(name) && has(nameWords(name.text), REPLACEABLE)) return true;
  }
  return false;
}

/**
 * Another guard may stand in this one's place: it is made in one branch only, behind a statement that may have left with
 * another, in the default of a parameter, for subclasses, or handed over as one of several members.
 */
export function isOneOfSeveral(fn: FunctionNode): boolean {
  if (ts.isMethodDeclaration(fn) && hasModifier(fn, ts.SyntaxKind.ProtectedKeyword)) return true;
  for (let at: ts.Node = fn; at.parent !== undefined; at = at.parent) {
    if (isBranch(at) || isDefault(at) || isBehindAnswer(at) || isHandedOver(at)) return true;
  }
  return false;
}

function isBranch(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isIfStatement(parent)) return node !== parent.expression;
  if (ts.isConditionalExpression(parent)) return node !== parent.condition;
  if (ts.isCaseOrDefaultClause(parent) || ts.isCatchClause(parent)) return true;
  return ts.isBinaryExpression(parent) && /^(?:&&|\|\||\?\?)=?$/.test(parent.operatorToken.getText());
}

function isDefault(node: ts.Node): boolean {
  const { parent } = node;
  return (ts.isParameter(parent) || ts.isBindingElement(parent)) && parent.initializer === node;
}

/** `if (enabled) return limiter;` above, in the function that makes the guard. */
function isBehindAnswer(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isBlock(parent) || !ts.isStatement(node)) return false;
  return parent.statements
    .slice(0, parent.statements.indexOf(node))
    .some((other) => ts.isIfStatement(other) && /\breturn\b/.test(other.thenStatement.getText()));
}

/** `{ authorize: () => true }` as an argument, inside another object, or for a type that others implement too. */
function isHandedOver(node: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(node)) return false;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.type !== undefined;
  return !ts.isBinaryExpression(parent) && !ts.isExportAssignment(parent) && !ts.isAsExpression(parent);
}
