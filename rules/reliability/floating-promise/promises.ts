import { isCalm, ts } from '#api';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';

/** What the value of an expression is, as far as waiting goes. */
export type Waited = 'promise' | 'promises';

/** A promise, or an array of promises, whatever the value turns out to be; `undefined` where it may be something else. */
export function waitedFor(type: ts.Type, checker: ts.TypeChecker): Waited | undefined {
  if (isPromise(type, checker)) return 'promise';
  const present = checker.getNonNullableType(type);
  if (!checker.isArrayType(present)) return undefined;
  const element = checker.getIndexTypeOfType(present, ts.IndexKind.Number);
  return element !== undefined && isPromise(element, checker) ? 'promises' : undefined;
}

/** A promise of the language, `undefined` and `null` aside. Other objects with `then` may only start once it is called. */
export function isPromise(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.isUnion()) {
    // `void` stays: who returns it may have nothing to wait for.
    const parts = type.types.filter(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) === 0);
    return parts.length > 0 && parts.every((part) => isPromise(part, checker));
  }
  return isGlobal(type, 'Promise') || basesOf(type, checker).some((base) => isGlobal(base, 'Promise'));
}

/** Says that a call goes to an async function of the project whose promise does not reject. */
export function callsCalmFunction(call: ts.CallExpression | ts.NewExpression, checker: ts.TypeChecker): boolean {
  const called: ts.Node | undefined = checker.getResolvedSignature(call)?.declaration;
  return called !== undefined && isFunctionWithBody(called) && isCalm(called);
}

/** Says that a value has the `forEach` of arrays, sets and maps, which drops what the callback gives back. */
export function dropsResults(type: ts.Type, checker: ts.TypeChecker): boolean {
  const present = checker.getNonNullableType(type);
  if (present.isUnion()) return present.types.every((part) => dropsResults(part, checker));
  if (checker.isArrayType(present) || checker.isTupleType(present)) return true;
  return ['Set', 'ReadonlySet', 'Map', 'ReadonlyMap'].some((name) => isGlobal(present, name));
}

function basesOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const { target } = type as Partial<ts.TypeReference>;
  const declared = target ?? type;
  return declared.isClassOrInterface() ? checker.getBaseTypes(declared) : [];
}

function isGlobal(type: ts.Type, name: string): boolean {
  const symbol = type.getSymbol();
  return (
    symbol?.name === name &&
    (symbol.declarations ?? []).some(
      ({ parent }) => ts.isSourceFile(parent) && parent.isDeclarationFile && !ts.isExternalModule(parent),
    )
  );
}
