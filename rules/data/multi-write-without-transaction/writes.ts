import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { chainOf, dataCallAt } from '../../_shared/data/callsIn.ts';
import { DATABASES, LIBRARIES } from '../../_shared/data/libraries/index.ts';
import type { DataCall } from '../../_shared/data/model.ts';
import { sqlStatement } from '../../_shared/data/sqlText.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A write whose table or model shows. */
export interface Write {
  readonly node: DataCall['node'];
  readonly kind: DataCall['kind'];
  readonly root: ts.Node;
  readonly method: string;
  /** In lower case and singular, without schema and quotes. */
  readonly target: string;
  /** True where it may be done again and leaves the same. */
  readonly repeatable: boolean;
}

/** Methods that write, and those that run a text that may; builders write with the names they begin with. */
export const METHODS: ReadonlySet<string> = new Set([
  ...LIBRARIES.filter(({ kind }) => DATABASES.has(kind)).flatMap(({ roles }) =>
    Object.values(roles).flatMap(({ calls }) => Object.keys(calls).filter((name) => calls[name] === 'write')),
  ),
  ...['query', 'execute', 'run', 'insert', 'update', 'delete', 'del'],
]);

/** Tags of templates that are statements: `prisma.$executeRaw`, `sql`. */
const TAGS = /^(?:sql|\$executeRaw|\$queryRaw)$/;

/** By syntax alone, whether a call may write. */
export function mayWrite(call: Write['node']): boolean {
  if (ts.isCallExpression(call)) return METHODS.has(calledName(call) ?? '');
  return TAGS.test(ts.isPropertyAccessExpression(call.tag) ? call.tag.name.text : call.tag.getText());
}

/** Calls of a function that may write, nested functions left out. */
export function mayWriteIn(fn: FunctionNode): readonly Write['node'][] {
  const found: Write['node'][] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node)) return;
    if ((ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node)) && mayWrite(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  if (fn.body !== undefined) visit(fn.body);
  return found;
}

/** The writes among the calls of a function, those that it waits for. */
export function writesAmong(calls: readonly Write['node'][], source: SourceView): readonly Write[] {
  const found = new Map<ts.Node, Write>();
  for (const node of calls) {
    const call = dataCallAt(node, source);
    if (call === undefined || !DATABASES.has(call.kind) || !isWaitedFor(chainOf(call.node))) continue;
    const target = writtenBy(call, source);
    if (target === undefined) continue;
    found.set(call.node, { ...call, target: plain(target), repeatable: isRepeatable(call, source) });
  }
  return [...found.values()];
}

function writtenBy(call: DataCall, source: SourceView): string | undefined {
  if (call.access === 'write') return call.target;
  if (call.access !== 'raw') return undefined;
  const statement = sqlStatement(call, source);
  return statement === undefined || statement.verb === 'select' ? undefined : statement.table;
}

function isRepeatable(call: DataCall, source: SourceView): boolean {
  const text = call.access === 'raw' ? sqlStatement(call, source)?.text : chainOf(call.node).getText();
  return text !== undefined && /upsert|findOrCreate|onConflict|on\s+(?:conflict|duplicate)|insert\s+ignore/i.test(text);
}

/** `public."Order_Items"` and the model `orderItem` are one table. */
function plain(target: string): string {
  return target
    .replace(/["'`[\]_]/g, '')
    .replace(/^.*\./, '')
    .toLowerCase()
    .replace(/s$/, '');
}

/** Awaited, returned, or among what `Promise.all` waits for; nobody cares for the rest when it fails. */
function isWaitedFor(chain: ts.Node): boolean {
  const { parent } = chain;
  if (ts.isParenthesizedExpression(parent)) return isWaitedFor(parent);
  if (ts.isAwaitExpression(parent) || ts.isReturnStatement(parent)) return true;
  if (!ts.isArrayLiteralExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  return parent.parent.expression.getText() === 'Promise.all';
}
