import { ts } from '#api';

/**
 * What the elements of an array are, as far as ordering goes. `gaps`: some may be `undefined` or `null`, so that a plain
 * subtraction would not compile; `mixed`: of several kinds.
 */
export type Elements = 'numbers' | 'bigints' | 'dates' | 'mixed' | 'gaps';

type Scalar = 'number' | 'bigint' | 'date';

/** What is known of the elements so far. */
interface Seen {
  readonly scalars: Set<Scalar>;
  /** Literal values, `undefined` for elements without one. */
  readonly values: (number | undefined)[];
  nullable: boolean;
}

/** Deeper than any type that people write; guards against types that contain themselves. */
const MAX_DEPTH = 10;

/**
 * Elements of an array whose default order is wrong, for every type the value can have. `undefined` when it may be
 * something else, holds text, or the text order happens to be the right one.
 */
export function misorderedElements(type: ts.Type, checker: ts.TypeChecker): Elements | undefined {
  const seen: Seen = { scalars: new Set(), values: [], nullable: false };
  for (const array of constituents(type, checker)) {
    const element = elementOf(array, checker);
    if (element === undefined || !collect(element, checker, seen)) return undefined;
  }
  const [only, ...others] = seen.scalars;
  if (only === undefined || keepsOrderAsText(seen.values)) return undefined;
  if (others.length > 0) return 'mixed';
  return seen.nullable ? 'gaps' : `${only}s`;
}

/** The types a value can have at run time, without `undefined` and `null`; type parameters count as their constraint. */
function constituents(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const present = checker.getNonNullableType(checker.getBaseConstraintOfType(type) ?? type);
  return present.isUnion() ? present.types : [present];
}

/** Type of the elements of an array, a tuple, or a type of the project that extends one and keeps its `sort`. */
function elementOf(type: ts.Type, checker: ts.TypeChecker, depth = 0): ts.Type | undefined {
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    return checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  }
  if (depth > MAX_DEPTH || !isArraySort(type)) return undefined;
  const { target } = type as Partial<ts.TypeReference>;
  const declared = target ?? type;
  if (!declared.isClassOrInterface()) return undefined;
  const extendsArray = checker.getBaseTypes(declared).some((base) => elementOf(base, checker, depth + 1) !== undefined);
  return extendsArray ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
}

/** True when the `sort` of a type is the one that arrays have. */
function isArraySort(type: ts.Type): boolean {
  const declarations = type.getProperty('sort')?.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every(({ parent }) => ts.isInterfaceDeclaration(parent) && parent.name.text === 'Array')
  );
}

/** Notes the types an element can have; false when one is nothing that this rule knows. */
function collect(element: ts.Type, checker: ts.TypeChecker, seen: Seen, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const type = checker.getBaseConstraintOfType(element) ?? element;
  if (type.isUnion()) return type.types.every((part) => collect(part, checker, seen, depth + 1));
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) {
    seen.nullable = true;
    return true;
  }
  const scalar = scalarOf(type);
  if (scalar === undefined) return false;
  seen.scalars.add(scalar);
  seen.values.push(type.isNumberLiteral() ? type.value : undefined);
  return true;
}

function scalarOf(type: ts.Type): Scalar | undefined {
  if (type.flags & ts.TypeFlags.NumberLike) return 'number';
  if (type.flags & ts.TypeFlags.BigIntLike) return 'bigint';
  // Branded numbers: number & { readonly unit: 'ms' }.
  if (type.isIntersection()) {
    for (const part of type.types) {
      const scalar = scalarOf(part);
      if (scalar === 'number' || scalar === 'bigint') return scalar;
    }
    return undefined;
  }
  return isGlobalDate(type) ? 'date' : undefined;
}

function isGlobalDate(type: ts.Type): boolean {
  const symbol = type.getSymbol();
  return (
    symbol?.name === 'Date' &&
    (symbol.declarations ?? []).some(
      ({ parent }) => ts.isSourceFile(parent) && parent.isDeclarationFile && !ts.isExternalModule(parent),
    )
  );
}

/** Values that are all known, and whose order as text is their order as numbers: ratings from 1 to 5, say. */
function keepsOrderAsText(values: readonly (number | undefined)[]): boolean {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return false;
  const byValue = [...known].sort((a, b) => a - b);
  const byText = [...known].map(String).sort();
  return byValue.every((value, index) => String(value) === byText[index]);
}
