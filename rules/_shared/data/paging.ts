import { ts, unwrap } from '#api';
import { memberCall } from '../calls.ts';
import type { SourceView } from '../sourceView.ts';
import { chainOf } from './callsIn.ts';
import { clientOf } from './clients.ts';
import { dataCall } from './dataCalls.ts';
import { DATABASES } from './libraries/index.ts';
import type { ClientKind } from './model.ts';

/** By syntax alone, what may tell a query how much to give back, or where to begin. */
export type PagingNode = ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.CallExpression;

/** What a query is told: `take: 20`, `.limit(20)`. */
export interface PagingArgument {
  /** `limit`, `take`, `skip` … */
  readonly name: string;
  readonly value: ts.Expression;
  readonly kind: ClientKind;
  /** Model or table that is read, where the call says so. */
  readonly target: string | undefined;
}

/** Libraries whose first argument is the options object; others have the filter there. */
const OPTIONS_FIRST: ReadonlySet<ClientKind> = new Set(['prisma', 'typeorm', 'sequelize', 'drizzle']);

/** Members that hold what is asked for beside, or the values of placeholders. */
const HOLDERS = new Set(['include', 'select', 'with', 'replacements', 'bind']);

/** The name that a node has in the words of a query builder or an options object; `undefined` for all that has none. */
export function pagingName(node: PagingNode): string | undefined {
  if (ts.isCallExpression(node)) return node.arguments.length === 1 ? memberCall(node)?.name : undefined;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : undefined;
}

/** Reads a node as an argument of a query that reads records; `undefined` when it belongs to anything else. */
export function pagingArgument(node: PagingNode, source: SourceView): PagingArgument | undefined {
  const name = pagingName(node);
  if (name === undefined) return undefined;
  if (!ts.isCallExpression(node)) return optionArgument(node, name, source);
  const [value] = node.arguments;
  const receiver = memberCall(node)?.receiver;
  if (value === undefined || receiver === undefined || ts.isFunctionLike(unwrap(value))) return undefined;
  const call = dataCall(chainOf(node), source) ?? dataCall(node, source);
  const builder = call === undefined ? clientOf(receiver, source) : undefined;
  const kind = call === undefined ? (builder?.role === 'builder' ? builder.library.kind : undefined) : call.kind;
  const isRead = call === undefined ? builder?.access !== 'write' : call.access === 'read';
  return kind !== undefined && DATABASES.has(kind) && isRead
    ? { name, value, kind, target: (call ?? builder)?.target }
    : undefined;
}

function optionArgument(
  node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  name: string,
  source: SourceView,
): PagingArgument | undefined {
  const place = argumentAround(node);
  if (place === undefined) return undefined;
  const { call, index, isReplaced } = place;
  const known = dataCall(call, source);
  if (known === undefined || known.node !== call || !DATABASES.has(known.kind)) return undefined;
  if (known.access !== (isReplaced ? 'raw' : 'read')) return undefined;
  const isStage = name.startsWith('$');
  if (isStage ? known.method !== 'aggregate' : index === 0 && !isReplaced && !OPTIONS_FIRST.has(known.kind)) {
    return undefined;
  }
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  return { name, value, kind: known.kind, target: known.target };
}

interface Place {
  readonly call: ts.CallExpression;
  readonly index: number;
  /** True where it is the value of a placeholder. */
  readonly isReplaced: boolean;
}

/** The call that a member is given to, as an option or a stage of a pipeline. */
function argumentAround(member: ts.ObjectLiteralElementLike): Place | undefined {
  let isReplaced = false;
  let at: ts.Node = member.parent;
  for (;;) {
    const { parent } = at;
    if (ts.isCallExpression(parent)) {
      const index = parent.arguments.indexOf(at as ts.Expression);
      return index < 0 ? undefined : { call: parent, index, isReplaced };
    }
    if (ts.isPropertyAssignment(parent)) {
      const name = parent.name.getText();
      // A member of `include` is a relation, whatever it is called.
      const isRelation = ts.isPropertyAssignment(parent.parent.parent) && isHolder(parent.parent.parent);
      if (!HOLDERS.has(name) && !isRelation) return undefined;
      if (name === 'replacements' || name === 'bind') isReplaced = true;
      at = parent.parent;
    } else if (ts.isArrayLiteralExpression(parent) || unwrap(parent) === unwrap(at)) {
      at = parent;
    } else return undefined;
  }
}

function isHolder({ name }: ts.PropertyAssignment): boolean {
  return HOLDERS.has(name.getText());
}
