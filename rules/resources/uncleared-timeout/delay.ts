import { ts, unwrap } from '#api';
import { constant } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** How long a timeout waits, in milliseconds; `undefined` when that is not written in the file. */
export function delayOf(call: ts.CallExpression, source: SourceView): number | undefined {
  const delay = call.arguments[1];
  return delay === undefined ? 0 : millisecondsOf(unwrap(delay), source);
}

function millisecondsOf(node: ts.Node, source: SourceView): number | undefined {
  const value = constant(node)?.value;
  if (typeof value === 'number') return value;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = source.lookup(node);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const initial = isConst ? constant(declaration.initializer)?.value : undefined;
  return typeof initial === 'number' ? initial : undefined;
}
