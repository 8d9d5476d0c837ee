import { ts, unwrap } from '#api';
import { type Follow, isNothing, type Value, valuesOf } from './follow.ts';
import type { Filter, RelatedFilter } from './queries.ts';

/** Operators for which an index on the column is of use. */
const HELPED = new Set(['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'startsWith']);
/** Operators that no plain index helps with. */
const OTHER =
  /^(?:contains|endsWith|mode|not|notIn|search|has|hasEvery|hasSome|isEmpty|isSet|path|string_\w+|array_\w+)$/;
/** Conditions on relations; those that hold where no row is found leave nothing to look for. */
const OF_RELATIONS = new Set(['some', 'every', 'none', 'is', 'isNot']);

interface Parts {
  readonly columns: string[];
  readonly maybe: string[];
  readonly related: RelatedFilter[];
  readonly either: (readonly Filter[])[];
}

/** The filters that `where` may be: none where there is nothing to filter by; `undefined` where nobody can tell. */
export function filtersOf(where: ts.Node, follow: Follow): readonly Filter[] | undefined {
  const filters: Filter[] = [];
  for (const value of valuesOf(where, follow) ?? [undefined]) {
    const filter = value && (value.node === undefined ? NOTHING : filterOf(value, follow));
    if (filter === undefined) return undefined;
    if (filter !== NOTHING) filters.push(filter);
  }
  return filters;
}

const NOTHING: Filter = { columns: [], maybe: [], related: [], either: [] };

function filterOf({ node, changed }: Value, follow: Follow): Filter | undefined {
  const parts: Parts = { columns: [], maybe: [], related: [], either: [] };
  if (node === undefined || !ts.isObjectLiteralExpression(node) || !readObject(node, parts, follow)) return undefined;
  return addMaybe(changed, parts) ? parts : undefined;
}

/** Fields that are written later. Further alternatives and exceptions say nothing about the others. */
function addMaybe(names: readonly string[], { maybe }: Parts): boolean {
  maybe.push(...names.filter((name) => name !== 'OR' && name !== 'NOT'));
  return !names.includes('AND');
}

function readObject(object: ts.ObjectLiteralExpression, parts: Parts, follow: Follow): boolean {
  return object.properties.every((property) => {
    if (ts.isSpreadAssignment(property)) return readSpread(property.expression, parts, follow);
    if (property.name === undefined || !('text' in property.name)) return false;
    const name = property.name.text;
    const isLogical = name === 'AND' || name === 'OR' || name === 'NOT';
    if (ts.isShorthandPropertyAssignment(property)) {
      if (isLogical) return readLogical(name, property.name, parts, follow);
      parts.columns.push(name);
      return true;
    }
    if (!ts.isPropertyAssignment(property)) return false;
    const { initializer } = property;
    return isLogical ? readLogical(name, initializer, parts, follow) : readField(name, initializer, parts, follow);
  });
}

/** `...base` brings its conditions, `...(owner && { owner })` brings them at times. */
function readSpread(expression: ts.Expression, parts: Parts, follow: Follow): boolean {
  const values = valuesOf(expression, follow);
  if (values === undefined) return false;
  const filters = values.filter(({ node }) => node !== undefined).map((value) => filterOf(value, follow));
  return filters.every((filter) => {
    if (filter === undefined) return false;
    if (values.length === 1) return add(filter, parts);
    const names = [...filter.columns, ...filter.maybe, ...filter.related.map(({ field }) => field)];
    return addMaybe(names, parts);
  });
}

function add(filter: Filter, parts: Parts): true {
  parts.columns.push(...filter.columns);
  parts.maybe.push(...filter.maybe);
  parts.related.push(...filter.related);
  parts.either.push(...filter.either);
  return true;
}

function readLogical(name: string, expression: ts.Expression, parts: Parts, follow: Follow): boolean {
  // What is left out may be anything else.
  if (name === 'NOT') return true;
  const values = valuesOf(expression, follow);
  const [value] = values ?? [];
  if (values?.length !== 1 || value === undefined || value.changed.length > 0) return false;
  if (value.node === undefined) return true;
  const elements = ts.isArrayLiteralExpression(value.node) ? value.node.elements : [value.node];
  const filters: Filter[] = [];
  for (const element of elements) {
    const [one, ...others] = filtersOf(element, follow) ?? [];
    if (one === undefined || others.length > 0) return false;
    filters.push(one);
  }
  if (name === 'OR') parts.either.push(filters);
  return name === 'OR' || filters.every((filter) => add(filter, parts));
}

function readField(name: string, expression: ts.Expression, parts: Parts, follow: Follow): boolean {
  const value = unwrap(expression);
  // Rows without a value are often most of the table, as with rows that are not deleted.
  if (isNothing(value)) return true;
  if (ts.isObjectLiteralExpression(value)) return readCondition(name, value, parts, follow);
  const sides = sidesOf(value) ?? [];
  const isUncertain = sides.some((side) => isNothing(side) || ts.isObjectLiteralExpression(side));
  (isUncertain || isFixed(value) ? parts.maybe : parts.columns).push(name);
  return true;
}

/**
 * Whether a value is written in the code: the columns that are held against such are kinds and states of which there are a
 * few, so that an index leaves much to be read.
 */
function isFixed(value: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(value)) return value.elements.every((one) => isFixed(unwrap(one)));
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return true;
  if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword) return true;
  if (!ts.isPropertyAccessExpression(value)) return false;
  let owner: ts.Node = value.expression;
  while (ts.isPropertyAccessExpression(owner)) owner = owner.expression;
  // `Status.open`, `STATES.OPEN`
  return ts.isIdentifier(owner) && /^[A-Z]/.test(owner.text);
}

/** Both values of `a ? b : c` and `a || b`. */
function sidesOf(value: ts.Node): readonly ts.Node[] | undefined {
  if (ts.isConditionalExpression(value)) return [unwrap(value.whenTrue), unwrap(value.whenFalse)];
  if (!ts.isBinaryExpression(value)) return undefined;
  return [unwrap(value.left), unwrap(value.right)];
}

function readCondition(name: string, object: ts.ObjectLiteralExpression, parts: Parts, follow: Follow): boolean {
  const operators = operatorsOf(object, follow);
  if (operators !== undefined) {
    const { names, isSure } = operators;
    if (names.length > 0 && names.every((one) => HELPED.has(one))) (isSure ? parts.columns : parts.maybe).push(name);
    return true;
  }
  for (const property of object.properties) {
    const how = property.name !== undefined && 'text' in property.name ? property.name.text : '';
    if (!OF_RELATIONS.has(how)) continue;
    if (object.properties.length > 1 || !ts.isPropertyAssignment(property)) return false;
    return how === 'some' || how === 'is' ? readRelated(name, property.initializer, parts, follow) : true;
  }
  return readRelated(name, object, parts, follow);
}

/** A relation, with what its rows are looked for by. */
function readRelated(field: string, expression: ts.Expression, parts: Parts, follow: Follow): boolean {
  const filters = filtersOf(expression, follow);
  const [filter] = filters ?? [];
  if (filters === undefined || filters.length > 1) return false;
  if (filter !== undefined) parts.related.push({ field, filter });
  return true;
}

/** `gte` and `lt` of a comparison, also of one that is put together; `undefined` where it is none. */
function operatorsOf(
  object: ts.ObjectLiteralExpression,
  follow: Follow,
): { readonly names: readonly string[]; readonly isSure: boolean } | undefined {
  const names: string[] = [];
  let isSure = true;
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      isSure = false;
      const values = valuesOf(property.expression, follow);
      if (values === undefined) return undefined;
      for (const { node } of values) {
        if (node === undefined) continue;
        const inner = ts.isObjectLiteralExpression(node) ? operatorsOf(node, follow) : undefined;
        if (inner === undefined) return undefined;
        names.push(...inner.names);
      }
      continue;
    }
    const name = property.name !== undefined && 'text' in property.name ? property.name.text : '';
    const isEmpty = ts.isPropertyAssignment(property) && isNothing(unwrap(property.initializer));
    if (!HELPED.has(name) && !OTHER.test(name)) return undefined;
    if (ts.isPropertyAssignment(property) && isFixed(unwrap(property.initializer))) isSure = false;
    if (!isEmpty || !HELPED.has(name)) names.push(name);
  }
  return { names, isSure };
}
