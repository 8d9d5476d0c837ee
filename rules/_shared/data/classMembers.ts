import { ts, unwrap } from '#api';
import { memberAccess } from '../calls.ts';

/** What a class says of one of its fields: a type, and the value it starts with or the constructor gives it. */
export interface ClassMember {
  readonly type: ts.TypeNode | undefined;
  readonly value: ts.Expression | undefined;
}

/** A field, or a parameter of the constructor that is one. */
export function classMember(owner: ts.ClassLikeDeclaration, name: string): ClassMember | undefined {
  let found: ClassMember | undefined;
  for (const member of owner.members) {
    if (ts.isPropertyDeclaration(member) && nameText(member.name) === name) {
      if (member.type !== undefined || member.initializer !== undefined) {
        return { type: member.type, value: member.initializer };
      }
      found = { type: undefined, value: undefined };
    }
    if (!ts.isConstructorDeclaration(member)) continue;
    for (const parameter of member.parameters) {
      const isField = ts.isParameterPropertyDeclaration(parameter, member);
      if (isField && nameText(parameter.name) === name) return { type: parameter.type, value: parameter.initializer };
    }
    const value = assignedIn(member, name);
    if (value !== undefined) return { type: undefined, value };
  }
  return found;
}

/** The right side of `this.name = …` among the constructor's own statements. */
function assignedIn({ body }: ts.ConstructorDeclaration, name: string): ts.Expression | undefined {
  for (const statement of body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
    const { left, operatorToken, right } = statement.expression;
    const member = memberAccess(left);
    const assigns = operatorToken.kind === ts.SyntaxKind.EqualsToken && isThis(member?.receiver);
    if (assigns && member?.name === name) return right;
  }
  return undefined;
}

/** `this`, in parentheses and casts or not. */
export function isThis(node: ts.Node | undefined): boolean {
  return node !== undefined && unwrap(node).kind === ts.SyntaxKind.ThisKeyword;
}

function nameText(name: ts.Node): string | undefined {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}
