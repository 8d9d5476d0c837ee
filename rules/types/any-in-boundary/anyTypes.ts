import { type FunctionNode, ts } from '#api';
import { roleByName } from '../../_shared/web/parameterNames.ts';
import { isWrittenOut } from './takesAnything.ts';

/** Types that hand on what they hold. */
const CARRIERS = new Set(['Promise', 'Array', 'ReadonlyArray', 'Set', 'Observable', 'AsyncIterable', 'Iterable']);

/** `any`, a list of it, or a promise of it. */
export function isAny(type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (type.kind === ts.SyntaxKind.AnyKeyword) return true;
  if (ts.isArrayTypeNode(type)) return isAny(type.elementType);
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return false;
  return CARRIERS.has(type.typeName.text) && type.typeArguments?.length === 1 && isAny(type.typeArguments[0]);
}

/** The types of a function's parameters that are `any`; lists of further arguments and what handlers of errors get are left out. */
export function anyInParameters(fn: FunctionNode): readonly ts.TypeNode[] {
  return fn.parameters.flatMap(({ type, dotDotDotToken, name }, index) => {
    const isForced = dotDotDotToken !== undefined || isUnused(name) || roleByName(fn, index) === 'error';
    if (type === undefined || isForced || !isAny(type)) return [];
    return ts.isIdentifier(name) && isWrittenOut(fn, name.text) ? [] : [type];
  });
}

function isUnused(name: ts.BindingName): boolean {
  return ts.isIdentifier(name) && name.text.startsWith('_');
}

/** Exported by a modifier of its own. */
export function isExported(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** Members that others can call. */
export function isPublic(member: ts.ClassElement): boolean {
  const hidden = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  const isHidden = ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(({ kind }) => hidden.includes(kind));
  return isHidden !== true && !(member.name !== undefined && ts.isPrivateIdentifier(member.name));
}
