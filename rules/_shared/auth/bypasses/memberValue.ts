import { ts, unwrap } from '#api';
import { initialValue } from '../../initialValue.ts';
import type { SourceView } from '../../sourceView.ts';

/**
 * What `config.skipAuth` or `this.skipAuth` stands for, where `config` is an object of this file and `skipAuth` a field,
 * an accessor or a method of the class, or is set by its constructor.
 */
export function memberValue(node: ts.PropertyAccessExpression, source: SourceView): ts.Node | undefined {
  const owner = unwrap(node.expression);
  if (owner.kind === ts.SyntaxKind.ThisKeyword) return fieldOf(ts.findAncestor(owner, ts.isClassLike), node.name.text);
  const object = ts.isIdentifier(owner)
    ? initialValue(owner, source)
    : ts.isPropertyAccessExpression(owner)
      ? memberValue(owner, source)
      : undefined;
  const literal = object === undefined ? undefined : unwrap(object);
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) return undefined;
  for (const property of literal.properties) {
    if (property.name === undefined || !ts.isIdentifier(property.name) || property.name.text !== node.name.text)
      continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return initialValue(property.name, source);
    return property;
  }
  return undefined;
}

function fieldOf(owner: ts.ClassLikeDeclaration | undefined, name: string): ts.Node | undefined {
  for (const member of owner?.members ?? []) {
    if (ts.isConstructorDeclaration(member)) {
      const assigned = assignedIn(member, name);
      if (assigned !== undefined) return assigned;
    }
    if (member.name === undefined || !isNamed(member.name, name)) continue;
    if (ts.isGetAccessor(member) || ts.isMethodDeclaration(member)) return member;
    if (ts.isPropertyDeclaration(member) && member.initializer !== undefined) return member.initializer;
  }
  return undefined;
}

function isNamed(member: ts.PropertyName, name: string): boolean {
  return (ts.isIdentifier(member) || ts.isPrivateIdentifier(member)) && member.text === name;
}

/** `this.name = …` among the statements of a constructor. */
function assignedIn({ body }: ts.ConstructorDeclaration, name: string): ts.Expression | undefined {
  for (const statement of body?.statements ?? []) {
    const target = ts.isExpressionStatement(statement) ? assignedField(statement.expression) : undefined;
    if (target?.name === name) return target.value;
  }
  return undefined;
}

/** `this.name = value` */
export function assignedField(
  node: ts.Expression,
): { readonly name: string; readonly value: ts.Expression } | undefined {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const { left, right } = node;
  if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  return { name: left.name.text, value: right };
}
