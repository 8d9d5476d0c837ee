import { ts } from '#api';
import { hasModifier } from '../modifiers.ts';
import { isComparison } from '../operators.ts';
import type { Lookup } from '../sourceView.ts';
import { type Keeper, keeperOf, sameKeeper } from './keeping.ts';

/**
 * Places where a keeper is named, its own declaration apart, in source order. Walks the class, or the function or file
 * that declares the variable, so it is for checks that already have a reason to look.
 */
export function mentionsOf(keeper: Keeper, lookup: Lookup): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const last = keeper.name.slice(keeper.name.lastIndexOf('.') + 1);
  const declaredName = keeper.kind === 'field' ? undefined : nameNode(keeper.declaration);
  const visit = (node: ts.Node): void => {
    if (isNamed(node, last) && sameKeeper(keeper, keeperOf(node, lookup)) && node !== declaredName) {
      found.push(node);
      return;
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(scopeOf(keeper), visit);
  return found;
}

/** The class, function or file in which a keeper can be named. */
export function scopeOf(keeper: Keeper): ts.Node {
  if (keeper.kind === 'field') return keeper.owner;
  for (let up = keeper.declaration.parent; up !== undefined; up = up.parent) {
    if (ts.isFunctionLike(up) || ts.isSourceFile(up) || ts.isModuleBlock(up)) return up;
  }
  return keeper.declaration.getSourceFile();
}

/**
 * Whether code that is out of sight may use the keeper as well: an exported variable, a field that subclasses share, a
 * variable of another function's caller.
 */
export function isShared(keeper: Keeper): boolean {
  if (keeper.kind === 'field') {
    const { owner } = keeper;
    if (!ts.isClassLike(owner)) return true;
    const isAbstract = hasModifier(owner, ts.SyntaxKind.AbstractKeyword);
    const declared = owner.members.find((member) => member.name?.getText() === keeper.name);
    return isAbstract || (declared !== undefined && isProtected(declared));
  }
  const { declaration } = keeper;
  if (!ts.isVariableDeclaration(declaration)) return true;
  if ((ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0) return true;
  const file = declaration.getSourceFile();
  const isTopLevel = declaration.parent.parent.parent === file;
  return isTopLevel && file.statements.some((statement) => exportsName(statement, keeper.name));
}

/** How an expression that names a keeper is used. */
export type Use =
  /** Given a value. */
  | 'written'
  /** Asked whether it is there, compared, or read a property of. */
  | 'looked'
  /** Handed to a call, returned, made part of something: whoever gets it may do anything. */
  | 'handedOn';

/** Judges one mention. */
export function useOf(mention: ts.Node): Use {
  let inner = mention;
  let { parent } = mention;
  while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent)) {
    inner = parent;
    parent = parent.parent;
  }
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment) {
      return parent.left === inner ? 'written' : 'handedOn';
    }
    return isComparison(operator) || parent.left === inner ? 'looked' : 'handedOn';
  }
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return parent.expression === inner ? 'looked' : 'handedOn';
  }
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return 'handedOn';
  const isTested =
    ts.isIfStatement(parent) ||
    ts.isWhileStatement(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isVoidExpression(parent) ||
    ts.isDeleteExpression(parent) ||
    ts.isExpressionStatement(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition === inner);
  return isTested ? 'looked' : 'handedOn';
}

function isNamed(node: ts.Node, name: string): node is ts.Expression {
  if (ts.isIdentifier(node)) return node.text === name;
  if (ts.isPropertyAccessExpression(node)) return node.name.text === name;
  return (
    ts.isElementAccessExpression(node) &&
    ts.isStringLiteralLike(node.argumentExpression) &&
    node.argumentExpression.text === name
  );
}

function nameNode(declaration: ts.Declaration): ts.Node | undefined {
  return (declaration as ts.NamedDeclaration).name;
}

function isProtected(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Protected) !== 0;
}

/** `export { timer }`, `module.exports = { timer }`. */
function exportsName(statement: ts.Statement, name: string): boolean {
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    return (
      clause !== undefined &&
      ts.isNamedExports(clause) &&
      clause.elements.some((element) => (element.propertyName ?? element.name).text === name)
    );
  }
  if (ts.isExportAssignment(statement)) return statement.expression.getText() === name;
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return false;
  const { left, right } = statement.expression;
  if (!/^(?:module\.)?exports\b/.test(left.getText())) return false;
  return (
    right.getText() === name ||
    (ts.isObjectLiteralExpression(right) && new RegExp(`\\b${name}\\b`).test(right.getText()))
  );
}
