import { ts, unwrap } from '#api';
import { type Follow, valuesOf } from './follow.ts';
import { type Members, membersOf } from './objectMembers.ts';
import type { Filter, Query } from './queries.ts';
import { filtersOf } from './readFilter.ts';
import { selectionsOf } from './readSelections.ts';

/** What of a query is known without its place. */
export type ReadQuery = Omit<Query, 'at'>;

const FILTERING = new Set([
  'findMany',
  'findFirst',
  'findFirstOrThrow',
  'count',
  'aggregate',
  'groupBy',
  'updateMany',
  'deleteMany',
]);
/** Calls that find one row by what tells it apart, and may read others along. */
const OF_ONE_ROW = new Set(['findUnique', 'findUniqueOrThrow', 'create', 'update', 'upsert', 'delete']);

export const QUERY_METHODS: ReadonlySet<string> = new Set([...FILTERING, ...OF_ONE_ROW]);

/** A call of a model's method, as it is written: `prisma.boat.findMany(options)`. */
export interface QueryCall {
  readonly model: string;
  readonly isFiltering: boolean;
  readonly options: ts.Expression;
}

/** The parts of a call that may be a query. */
export function queryCall({ expression, arguments: [options] }: ts.CallExpression): QueryCall | undefined {
  if (options === undefined || !ts.isPropertyAccessExpression(expression)) return undefined;
  const method = expression.name.text;
  const model = unwrap(expression.expression);
  if (!QUERY_METHODS.has(method) || !ts.isPropertyAccessExpression(model)) return undefined;
  const isFiltering = FILTERING.has(method);
  // `delete` and `create` are methods of many things.
  return isFiltering || readsAlong(unwrap(options)) ? { model: model.name.text, isFiltering, options } : undefined;
}

function readsAlong(options: ts.Node): boolean {
  return (
    ts.isObjectLiteralExpression(options) &&
    options.properties.some(
      ({ name }) => name !== undefined && 'text' in name && /^(?:include|select)$/.test(name.text),
    )
  );
}

/** Reads the options of a query; `undefined` where they say nothing about rows that are looked for. */
export function readQuery({ model, isFiltering, options }: QueryCall, follow: Follow): ReadQuery | undefined {
  const filters: Filter[] = [];
  const selections: ReturnType<typeof selectionsOf>[number][] = [];
  let sorted: string | undefined;
  for (const value of valuesOf(options, follow) ?? []) {
    const members = membersOf(value, follow);
    if (members === undefined) return undefined;
    selections.push(...selectionsOf(members, follow));
    if (!isFiltering) continue;
    if (members.has('where')) {
      const where = members.get('where');
      filters.push(...((where && filtersOf(where, follow)) ?? []));
    } else sorted ??= sortedBy(members, follow);
  }
  if (filters.length === 0 && selections.length === 0 && sorted === undefined) return undefined;
  return { model, filters, selections, ...(sorted !== undefined && { sorted }) };
}

/** Everything is read where there is no limit, sorted or not. */
function sortedBy(members: Members, follow: Follow): string | undefined {
  const order = members.get('orderBy');
  if (order === undefined || members.get('take') === undefined) return undefined;
  const values = valuesOf(order, follow);
  const [value] = values ?? [];
  if (values?.length !== 1 || value?.node === undefined || value.changed.length > 0) return undefined;
  const first = ts.isArrayLiteralExpression(value.node) ? value.node.elements[0] : value.node;
  const sorted = first && unwrap(first);
  if (sorted === undefined || !ts.isObjectLiteralExpression(sorted)) return undefined;
  const [property] = sorted.properties;
  const isColumn =
    sorted.properties.length === 1 &&
    property !== undefined &&
    ts.isPropertyAssignment(property) &&
    ts.isIdentifier(property.name);
  if (!isColumn) return undefined;
  const direction = unwrap(property.initializer);
  // `{ sort: 'desc', nulls: 'last' }` is a direction, other objects lead through relations.
  const isThrough =
    ts.isObjectLiteralExpression(direction) &&
    !direction.properties.some(({ name }) => name !== undefined && 'text' in name && name.text === 'sort');
  return isThrough ? undefined : property.name.text;
}
