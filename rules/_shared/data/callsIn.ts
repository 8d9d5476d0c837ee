import { ts } from '#api';
import { calledName } from '../calls.ts';
import type { SourceView } from '../sourceView.ts';
import { withoutAwait } from '../withoutAwait.ts';
import { DATA_METHODS, dataCall } from './dataCalls.ts';
import type { DataCall } from './model.ts';

/**
 * Calls inside a node that do something to data, in source order. `enters` says which nodes are looked into at all; queries
 * that a builder only prepares count where they are awaited.
 */
export function dataCallsIn(
  root: ts.Node,
  source: SourceView,
  enters: (node: ts.Node) => boolean,
): readonly DataCall[] {
  const found = new Map<ts.Node, DataCall>();
  const visit = (node: ts.Node): void => {
    if (!enters(node)) return;
    const isAwaited = ts.isAwaitExpression(node) && ts.isCallExpression(withoutAwait(node));
    const isCall = ts.isCallExpression(node) && DATA_METHODS.has(calledName(node) ?? '');
    if (isAwaited || isCall || ts.isTaggedTemplateExpression(node)) {
      const call = dataCall(node, source);
      if (call !== undefined && (isAwaited || !isBuilt(call))) found.set(call.node, call);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return [...found.values()];
}

/** The same for one call or template that was found by its name; `undefined` where a builder only prepares it. */
export function dataCallAt(node: DataCall['node'], source: SourceView): DataCall | undefined {
  let outer: ts.Node = chainOf(node);
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  if (ts.isAwaitExpression(outer.parent)) return dataCall(outer.parent, source);
  const call = dataCall(node, source);
  return call === undefined || isBuilt(call) ? undefined : call;
}

/** What these libraries build only runs once it is awaited; before that it may become part of another query. */
function isBuilt({ kind }: DataCall): boolean {
  return kind === 'knex' || kind === 'drizzle';
}

/** The whole chain that a call is part of: `User.find().sort().lean()` for `User.find()`. */
export function chainOf(node: ts.Node): ts.Node {
  let outer = node;
  while (
    (ts.isPropertyAccessExpression(outer.parent) || ts.isCallExpression(outer.parent)) &&
    outer.parent.expression === outer
  ) {
    outer = outer.parent;
  }
  return outer;
}
