import { ts, unwrap } from '#api';
import { option } from '../../_shared/calls.ts';
import { isDevelopmentOnly } from '../../_shared/developmentBranch.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A call of what `express-session` brings. */
export function sessionFact(
  node: ts.CallExpression,
  { header }: Pick<SourceView, 'header'>,
): ts.CallExpression | undefined {
  // Names that an inner scope declares again are told apart by the check.
  return header.modules.has('express-session') && header.resolve(node.expression) === 'express-session'
    ? node
    : undefined;
}

/** What to underline of a session that has no store, or the one that the library itself warns of. */
export function keepsInMemory(call: ts.CallExpression, source: SourceView): ts.Node | undefined {
  if (source.header.resolve(call.expression) !== 'express-session' || isDevelopmentOnly(call)) return undefined;
  const [settings] = call.arguments;
  const store = option(settings, 'store');
  if (store.kind === 'absent') return settings === undefined ? call : call.expression;
  if (store.kind === 'unknown') return undefined;
  const value = unwrap(store.value);
  const isMemory =
    ts.isNewExpression(value) && source.header.resolve(value.expression) === 'express-session#MemoryStore';
  return isMemory ? store.property : undefined;
}
