import { ts, unwrap } from '#api';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { mentionsName } from '../../_shared/mentions.ts';
import { isLogical } from '../../_shared/operators.ts';
import type { DetailKind, ErrorValue } from './errorValues.ts';

/**
 * Whether somebody decided that clients may see it: outside of production, by a switch, or because the error was looked at
 * and turned out to be one whose message is written for them. A stack is written for nobody outside.
 */
export function isMeantForClients(kind: DetailKind, read: ts.Node, error: ErrorValue): boolean {
  if (isDevelopmentOnly(read)) return true;
  if (kind !== 'stack' && error.isOwnClass) return true;
  const name = ts.getNameOfDeclaration(error.declaration)?.getText() ?? '';
  for (let at = read; at.parent !== undefined && at.parent !== error.declaration.parent; at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) && at === parent.thenStatement) {
      if (kind !== 'stack' && looksAt(parent.expression, name)) return true;
    } else if (ts.isConditionalExpression(parent) && at !== parent.condition) {
      if (!mentionsName(parent.condition, name)) return true;
      if (kind !== 'stack' && at === parent.whenTrue && looksAt(parent.condition, name)) return true;
    } else if (ts.isBinaryExpression(parent) && at === parent.right && isAnd(parent)) {
      if (!mentionsName(parent.left, name)) return true;
      if (kind !== 'stack' && looksAt(parent.left, name)) return true;
    } else if (ts.isCaseClause(parent) && at !== parent.expression && kind !== 'stack') {
      return true;
    }
  }
  return false;
}

function isAnd({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** A condition that tells errors apart: `error instanceof HttpError`, `error.expose`, `error.code === 'P2002'`. */
function looksAt(condition: ts.Expression, name: string): boolean {
  const node = unwrap(condition);
  if (!mentionsName(node, name) || ts.isIdentifier(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) return false;
  if (ts.isPropertyAccessExpression(node)) return !/^(?:message|stack)$/.test(node.name.text);
  if (!ts.isBinaryExpression(node)) return true;
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.InstanceOfKeyword)
    return !/^(?:global\.|globalThis\.)?Error$/.test(node.right.getText());
  if (isLogical(operator)) {
    return looksAt(node.left, name) || looksAt(node.right, name);
  }
  if (/^!/.test(node.operatorToken.getText())) return false;
  const isPresence = [node.left, node.right].some((side) => {
    const at = unwrap(side);
    return ts.isTypeOfExpression(at) || at.kind === ts.SyntaxKind.NullKeyword || at.getText() === 'undefined';
  });
  // `'message' in error` says nothing of who wrote it.
  return !isPresence && !(operator === ts.SyntaxKind.InKeyword && /message|stack/.test(node.left.getText()));
}

/**
 * Whether a name gets another value than it starts with, and not for one kind of error alone: `if (isProduction) message =
 * 'Something went wrong'`.
 */
export function replacesForClients(name: ts.Identifier, declaration: ts.Declaration): boolean {
  const scope = enclosingFunction(declaration)?.body;
  if (scope === undefined || isConstant(declaration)) return false;
  const visit = (node: ts.Node): boolean => {
    if (isAssignmentTo(node, name.text) && !isForOneKind(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(scope);
}

function isConstant(declaration: ts.Declaration): boolean {
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
}

function isAssignmentTo(node: ts.Node, name: string): boolean {
  return (
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && node.left.getText() === name
  );
}

/** Under a condition on the error: `if (err.name === 'CastError') message = 'No such page'`. */
function isForOneKind(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, (at) => ts.isIfStatement(at) || ts.isCaseClause(at));
  if (owner === undefined || isDevelopmentOnly(node)) return false;
  const condition = (owner as ts.IfStatement | ts.CaseClause).expression.getText();
  return ts.isCaseClause(owner) || /\b(?:e|err|error|ex|exception)\b/i.test(condition);
}

/** Whether an error, or its message, is replaced before it is sent: `err.message = 'Something went wrong'`. */
export function isReplaced(error: ErrorValue): boolean {
  const name = ts.getNameOfDeclaration(error.declaration)?.getText();
  const scope = enclosingFunction(error.declaration)?.body ?? error.declaration.parent;
  const visit = (node: ts.Node): boolean => {
    if (
      name !== undefined &&
      (isAssignmentTo(node, `${name}.message`) || isAssignmentTo(node, name)) &&
      !isForOneKind(node)
    ) {
      return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(scope);
}
