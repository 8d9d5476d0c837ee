import { type FixContext, type FixEdit, ts } from '#api';
import { addCleanupHook } from '../../_shared/testing/addHook.ts';

/** Adds the hook that undoes the one that opened the connection, or one behind a client made at top level. */
export function addClosing(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const made = ctx.node(
    (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node),
  );
  const name = String(ctx.data['name']);
  // A package of which single functions were imported cannot be called by its name.
  const isKnown = new RegExp(`\\b${name.replace(/[$.]/g, '\\$&')}\\b`).test(ctx.text);
  if (made === undefined || !isKnown) return undefined;
  return addCleanupHook(ctx, made, name, statement(`${name}.${String(ctx.data['close'])}`, ctx));
}

/** Code that closes a client and waits for it. */
function statement(close: string, { data, path }: FixContext<unknown>): string {
  if (data['closes'] === 'now') return `${close}()`;
  if (data['closes'] === 'promise') return `await ${close}()`;
  return /\.[cm]?tsx?$/.test(path)
    ? `await new Promise<void>((resolve) => ${close}(() => resolve()))`
    : `await new Promise((resolve) => ${close}(() => resolve()))`;
}
