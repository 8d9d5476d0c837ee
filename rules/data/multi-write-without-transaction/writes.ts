import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { chainOf, dataCallsIn } from '../../_shared/data/callsIn.ts';
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
const METHODS: ReadonlySet<string> = new Set([
  ...LIBRARIES.filter(({ kind }) => DATABASES.has(kind)).flatMap(({ roles }) =>
    Object.values(roles).flatMap(({ calls }) => Object.keys(calls).filter((name) => calls[name] === 'write')),
  ),
  ...['query', 'execute', 'run', 'insert', 'update', 'delete', 'del'],
]);

/** By syntax alone, whether a call may write. */
export function mayWrite(call: ts.CallExpression): boolean {
  return METHODS.has(calledName(call) ?? '');
}

/** The first call of a function that may write, nested functions left out. */
export function firstCandidate(fn: FunctionNode): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  const visit = (node: ts.Node): boolean => {
    if (isFunctionWithBody(node)) return false;
    // What a call is made on stands before it.
    if (ts.forEachChild(node, (child) => visit(child) || undefined) === true) return true;
    if (!ts.isCallExpression(node) || !mayWrite(node)) return false;
    found = node;
    return true;
  };
  if (fn.body !== undefined) visit(fn.body);
  return found;
}

/** Writes of a function that it waits for, in source order, nested functions left out. */
export function writesOf(fn: FunctionNode, source: SourceView): readonly Write[] {
  if (fn.body === undefined) return [];
  const found: Write[] = [];
  for (const call of dataCallsIn(fn.body, source, (node) => !isFunctionWithBody(node))) {
    if (!DATABASES.has(call.kind) || !isWaitedFor(chainOf(call.node))) continue;
    const target = writtenBy(call, source);
    if (target !== undefined) found.push({ ...call, target: plain(target), repeatable: isRepeatable(call, source) });
  }
  return found;
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
