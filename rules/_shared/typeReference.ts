import { type FileHeader, ts } from '#api';

/** A named type: `express.Response` → module `express`, name `Response`. */
export interface TypeName {
  /** `undefined` for types that the file does not import. */
  readonly module: string | undefined;
  readonly name: string;
}

/** What a type reference or `import('m').T` names; `undefined` for any other type. */
export function typeReference(type: ts.TypeNode, header: FileHeader): TypeName | undefined {
  if (ts.isImportTypeNode(type)) {
    const specifier = ts.isLiteralTypeNode(type.argument) ? type.argument.literal : undefined;
    if (specifier === undefined || !ts.isStringLiteral(specifier) || type.qualifier === undefined) return undefined;
    return { module: specifier.text, name: rightmost(type.qualifier) };
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const { typeName } = type;
  const imported = header.imports.get(leftmost(typeName));
  if (imported === undefined) return { module: undefined, name: rightmost(typeName) };
  const name = ts.isIdentifier(typeName) ? imported.name || typeName.text : rightmost(typeName);
  return { module: imported.module, name };
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

function rightmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}
