import { type FunctionNode, ts } from '#api';
import { contextualType, expandAlias } from '../../_shared/contextualType.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { typeReference } from '../../_shared/typeReference.ts';
import { refusesResults } from './handlerTypes.ts';

/**
 * What the types in this file say about a function's result: it is `nothing`, it may be `anything` (or something this file
 * does not tell), or they are `silent` because nobody annotated it.
 */
export type DeclaredReturn = 'nothing' | 'anything' | 'silent';

/** Judges a function by its return type, else by the type of the place it is written in. */
export function declaredReturn(fn: FunctionNode, source: SourceView): DeclaredReturn {
  if (fn.type !== undefined) return isNothing(expandAlias(fn.type, source)) ? 'nothing' : 'anything';
  const context = contextualType(fn, source);
  if (context === undefined) return 'silent';
  return refusesAnyResult(context, source) ? 'nothing' : 'anything';
}

/** Says that a type of functions, as far as this file shows, is to return nothing and refuses functions that do. */
export function refusesAnyResult(functionType: ts.TypeNode, source: SourceView): boolean {
  const type = expandAlias(functionType, source);
  // A function may return anything where a function type says plain `void`; a promise or a union is taken literally.
  if (ts.isFunctionTypeNode(type)) return type.type.kind !== ts.SyntaxKind.VoidKeyword && isNothing(type.type);
  const reference = typeReference(type, source.header);
  return reference !== undefined && refusesResults(reference, source.header);
}

/** `void`, `Promise<void>`, and unions of nothing else. */
function isNothing(type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.VoidKeyword) return true;
  if (ts.isParenthesizedTypeNode(type)) return isNothing(type.type);
  if (ts.isUnionTypeNode(type)) {
    const members = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
    return members.length > 0 && members.every(isNothing);
  }
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  const [result] = type.typeArguments ?? [];
  return /^Promise(?:Like)?$/.test(type.typeName.text) && result !== undefined && isNothing(result);
}
