import { ts } from '#api';

/** A field of a class, declared by itself or by a parameter of the constructor (`constructor(private log: Logger)`). */
export type FieldDeclaration = ts.PropertyDeclaration | ts.ParameterDeclaration;

/**
 * The declaration behind `this.name`, in the class around it. Reads ancestors, so it is for checks of whole files and for
 * fixes.
 */
export function fieldDeclaration(access: ts.PropertyAccessExpression): FieldDeclaration | undefined {
  if (access.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  const owner = ts.findAncestor(access, ts.isClassLike);
  for (const member of owner?.members ?? []) {
    if (ts.isPropertyDeclaration(member) && isNamed(member.name, access.name.text)) return member;
    if (!ts.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find(
      (candidate) => ts.isParameterPropertyDeclaration(candidate, member) && isNamed(candidate.name, access.name.text),
    );
    if (parameter !== undefined) return parameter;
  }
  return undefined;
}

function isNamed(name: ts.PropertyName | ts.BindingName, text: string): boolean {
  return (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) && name.text === text;
}
