import { type Anchor, facet, ts, unwrap } from '#api';

/** A query of a Prisma client by the columns that decide what it reads. */
export interface Query {
  /** As the client calls the model: `userProfile`. */
  readonly model: string;
  /** Columns in `where` that an index would help with, in order; without any, the one that a page is sorted by. */
  readonly by: readonly string[];
  readonly isSorted?: true;
  readonly at: Anchor;
}

interface Fact extends Omit<Query, 'at'> {
  readonly node: ts.CallExpression;
}

const METHODS = new Set([
  'findMany',
  'findFirst',
  'findFirstOrThrow',
  'count',
  'updateMany',
  'deleteMany',
  'aggregate',
]);

/** Operators for which an index on the column is of use. */
const HELPED = new Set(['equals', 'in', 'lt', 'lte', 'gt', 'gte', 'startsWith']);

/** Queries that say all of what they look for. */
export const queryFacet = facet<Fact, readonly Query[]>({
  name: 'data/prisma-queries',
  collect: {
    CallExpression: {
      named: METHODS,
      listen: (node) => {
        const { expression } = node;
        if (!ts.isPropertyAccessExpression(expression) || !METHODS.has(expression.name.text)) return undefined;
        const model = unwrap(expression.expression);
        const [argument] = node.arguments;
        const options = argument && unwrap(argument);
        if (!ts.isPropertyAccessExpression(model) || options === undefined || !ts.isObjectLiteralExpression(options)) {
          return undefined;
        }
        const by = columnsOf(options);
        return by === undefined || by.by.length === 0 ? undefined : { model: model.name.text, ...by, node };
      },
    },
  },
  fold(scope, ctx) {
    const queries = [...scope.all()].sort((a, b) => a.node.pos - b.node.pos);
    if (queries.length === 0) return undefined;
    return queries.map(({ node, ...query }) => ({ ...query, at: ctx.at(node) }));
  },
});

function columnsOf(options: ts.ObjectLiteralExpression): Pick<Query, 'by' | 'isSorted'> | undefined {
  if (options.properties.some(ts.isSpreadAssignment)) return undefined;
  const where = member(options, 'where');
  if (where !== undefined) {
    const by = ts.isObjectLiteralExpression(where) ? filtered(where) : undefined;
    return by === undefined ? undefined : { by };
  }
  // Everything is read where there is no limit, sorted or not.
  if (member(options, 'take') === undefined) return undefined;
  const order = member(options, 'orderBy');
  const first = order && ts.isArrayLiteralExpression(order) ? order.elements[0] : order;
  const sorted = first && unwrap(first);
  if (sorted === undefined || !ts.isObjectLiteralExpression(sorted)) return undefined;
  const [property] = sorted.properties;
  const isColumn =
    sorted.properties.length === 1 &&
    property !== undefined &&
    ts.isPropertyAssignment(property) &&
    ts.isIdentifier(property.name);
  return isColumn && !ts.isObjectLiteralExpression(unwrap(property.initializer))
    ? { by: [property.name.text], isSorted: true }
    : undefined;
}

/** Columns of a filter all of whose conditions have to hold; `undefined` where it cannot be told which these are. */
function filtered(where: ts.ObjectLiteralExpression): readonly string[] | undefined {
  const columns: string[] = [];
  for (const property of where.properties) {
    if (ts.isShorthandPropertyAssignment(property)) {
      columns.push(property.name.text);
      continue;
    }
    if (!ts.isPropertyAssignment(property) || !('text' in property.name)) return undefined;
    const name = property.name.text;
    const value = unwrap(property.initializer);
    if (/^(?:AND|OR|NOT)$/.test(name)) return undefined;
    // Rows without a value are often most of the table, as with rows that are not deleted.
    if (value.kind === ts.SyntaxKind.NullKeyword) continue;
    if (!ts.isObjectLiteralExpression(value)) columns.push(name);
    else if (value.properties.length > 0 && value.properties.every(isHelped)) columns.push(name);
    // A condition of a relation may be the one that decides.
    else if (!value.properties.every(isOperator)) return undefined;
  }
  return columns;
}

function isHelped(property: ts.ObjectLiteralElementLike): boolean {
  return property.name !== undefined && 'text' in property.name && HELPED.has(property.name.text);
}

function isOperator(property: ts.ObjectLiteralElementLike): boolean {
  const name = property.name !== undefined && 'text' in property.name ? property.name.text : '';
  return (
    HELPED.has(name) ||
    /^(?:contains|endsWith|mode|not|notIn|search|has\w*|isEmpty|isSet|path|string_\w+|array_\w+)$/.test(name)
  );
}

function member(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties) {
    if (property.name === undefined || !('text' in property.name) || property.name.text !== name) continue;
    if (ts.isPropertyAssignment(property)) return unwrap(property.initializer) as ts.Expression;
    return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
  }
  return undefined;
}
