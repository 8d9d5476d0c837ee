import { ts, unwrap } from '#api';
import { calledName, memberCall, type Option, option, propertyKey } from '../../_shared/calls.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import type { ClientKind } from '../../_shared/data/model.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Chains are walked for so many calls. */
const MAX_STEPS = 30;

/** Methods that give back a list, by library; those of builders only say where to look. */
const LISTS: Readonly<Partial<Record<ClientKind, ReadonlySet<string>>>> = {
  prisma: new Set(['findMany']),
  drizzle: new Set(['findMany', 'select']),
  typeorm: new Set(['find']),
  sequelize: new Set(['findAll']),
  mongoose: new Set(['find']),
  mongodb: new Set(['find']),
  knex: new Set(['select']),
};

export const NAMES: ReadonlySet<string> = new Set(Object.values(LISTS).flatMap((names) => [...names]));

/** What may stand in a chain without making the list shorter; anything else may. */
const KEEPS =
  /^(?:select|find|from|sort|order_?by|lean|exec|populate|toArray|project|collation|maxTimeMS|(?:left|inner|right|full)?_?join|with_?schema)$/i;

/** Libraries whose filter is the first argument; others have it as `where` in an options object. */
const FILTER_FIRST: ReadonlySet<ClientKind> = new Set(['mongoose', 'mongodb']);
const BUILDERS: ReadonlySet<ClientKind> = new Set(['knex', 'drizzle']);

/** Options that change nothing about how many records there are. */
const HARMLESS: ReadonlySet<string> = new Set(
  'where select include omit order orderBy relations attributes with columns raw nest lean loadEagerRelations'.split(
    ' ',
  ),
);

/** A query for all records there are of something. */
export interface WholeList {
  readonly kind: ClientKind;
  /** The call that decides what is read. */
  readonly call: ts.CallExpression;
  /** The query with all that is added to it, without `then` and `catch`. */
  readonly query: ts.CallExpression;
  readonly target: string | undefined;
}

/** By syntax alone, whether a call may be one that gives back a list. */
export function mayList(node: ts.CallExpression): boolean {
  const name = calledName(node);
  if (name === undefined || !NAMES.has(name) || memberCall(node) === undefined) return false;
  const [first] = node.arguments;
  return first === undefined || !ts.isFunctionLike(unwrap(first));
}

/** Reads a call as a query for everything; `undefined` where something keeps the answer short, or may do so. */
export function wholeList(node: ts.CallExpression, source: SourceView): WholeList | undefined {
  const query = queryOf(node);
  if (query === undefined) return undefined;
  const name = calledName(node) ?? '';
  const found = dataCall(name === 'select' ? query : node, source);
  if (found === undefined || found.access !== 'read' || LISTS[found.kind]?.has(name) !== true) return undefined;
  const { kind, target } = found;
  if (name === 'select') {
    if (!BUILDERS.has(kind) || !isPlainBuilder(node)) return undefined;
  } else if (kind === 'typeorm' && found.role === 'manager') {
    if (!isWhole(node.arguments[1], kind)) return undefined;
  } else if (FILTER_FIRST.has(kind)) {
    const [filter, , options] = node.arguments;
    if (options !== undefined || (filter !== undefined && !isPassed(filter))) return undefined;
    if (kind === 'mongodb' && node.arguments.length > 1) return undefined;
  } else if (!isWhole(node.arguments[0], kind)) return undefined;
  return { kind, call: node, query, target };
}

/** The chain from a call on, up to `then`; `undefined` when something in it may bound the list. */
function queryOf(node: ts.CallExpression): ts.CallExpression | undefined {
  let query = node;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const member = query.parent;
    if (!ts.isPropertyAccessExpression(member) || member.expression !== query) return query;
    const name = member.name.text;
    if (name === 'then' || name === 'catch' || name === 'finally') return query;
    const { parent } = member;
    if (!ts.isCallExpression(parent) || parent.expression !== member || !KEEPS.test(name)) return undefined;
    query = parent;
  }
  return undefined;
}

/** `db('users').select('*')`, `db.select({ id: users.id }).from(users)`: neither filtered above nor worked out. */
function isPlainBuilder(node: ts.CallExpression): boolean {
  if (node.arguments.some((argument) => /\b(?:count|sum|avg|min|max|sql|raw|distinct)\b/i.test(argument.getText()))) {
    return false;
  }
  let at: ts.Node | undefined = memberCall(node)?.receiver;
  for (let steps = 0; at !== undefined && steps < MAX_STEPS; steps++) {
    const call = unwrap(at);
    if (!ts.isCallExpression(call)) return true;
    const member = memberCall(call);
    if (member === undefined) return true;
    if (!KEEPS.test(member.name)) return false;
    at = member.receiver;
  }
  return false;
}

/** Whether an options object is written out and asks for everything. */
function isWhole(options: ts.Expression | undefined, kind: ClientKind): boolean {
  if (options === undefined) return true;
  const literal = unwrap(options);
  if (!ts.isObjectLiteralExpression(literal)) return false;
  const isKnown = literal.properties.every((property) => {
    const key = property.name === undefined ? undefined : propertyKey(property.name);
    return key !== undefined && HARMLESS.has(key);
  });
  // A `where` inside what Sequelize joins filters what is joined to.
  if (!isKnown || (kind === 'sequelize' && /\bwhere\b/.test(literal.getText()))) return false;
  if (isChoice(option(literal, kind === 'sequelize' ? 'attributes' : 'select'))) return false;
  const where = option(literal, 'where');
  return where.kind === 'absent' || (where.kind === 'given' && ts.isExpression(where.value) && isPassed(where.value));
}

/** What is read of a record that people choose by its name. */
const LABELS: ReadonlySet<string> = new Set(
  'id uuid key code value name title label slug color icon image order'.split(' '),
);

/** `select: { id: true, name: true }`: a list to choose from, of which there are as many as people can look through. */
function isChoice(fields: Option): boolean {
  if (fields.kind !== 'given') return false;
  const node = unwrap(fields.value);
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.every((field) => ts.isStringLiteralLike(field) && LABELS.has(field.text));
  }
  return (
    ts.isObjectLiteralExpression(node) &&
    node.properties.every(({ name }) => name !== undefined && LABELS.has(propertyKey(name) ?? ''))
  );
}

/** Filters that most records pass, or ever more of them. */
const LETS_PASS =
  /delet|archiv|remov|activ|enabl|disabl|publish|publi[cs]|visib|hidden|draft|status|state|approv|verif|complet|resolv|done/i;

/** A filter that keeps hardly anything back: `{}`, `{ published: true, deletedAt: null }`. */
function isPassed(filter: ts.Expression): boolean {
  const node = unwrap(filter);
  if (!ts.isObjectLiteralExpression(node)) return false;
  return node.properties.every(
    (property) =>
      ts.isPropertyAssignment(property) &&
      LETS_PASS.test(propertyKey(property.name) ?? '') &&
      isConstant(property.initializer),
  );
}

function isConstant(value: ts.Expression): boolean {
  const node = unwrap(value);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.every((property) => ts.isPropertyAssignment(property) && isConstant(property.initializer));
  }
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}
