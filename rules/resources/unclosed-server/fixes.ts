import { type FixContext, type FixEdit, ts } from '#api';
import { hasModifier } from '../../_shared/modifiers.ts';
import { addCleanupHook } from '../../_shared/testing/addHook.ts';
import { cleanupHook } from '../../_shared/testing/hooks.ts';
import { closeStatement, isJavaScript } from './layout.ts';

/** Adds the hook that undoes the one that started the server, or one behind a server started at top level. */
export function addCloseHook(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const call = ctx.node(
    (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node),
  );
  if (call === undefined) return undefined;
  const name = String(ctx.data['name']);
  const kind = ctx.data['kind'] === 'node' ? 'node' : 'promise';
  return addCleanupHook(ctx, call, name, closeStatement(name, kind, isJavaScript(ctx.path)));
}

/** Makes a hook wait for `server.close()`. */
export function awaitClose(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const call = ctx.node(ts.isCallExpression);
  const hook = call === undefined ? undefined : cleanupHook(call);
  if (call === undefined || hook === undefined || hook.callback.parameters.length > 0) return undefined;
  const { callback } = hook;
  const awaited = ts.isAwaitExpression(call.parent) ? call.parent : call;
  const isBody = ts.isArrowFunction(callback) && callback.body === awaited;
  const isStatement = ts.isExpressionStatement(awaited.parent) || ts.isReturnStatement(awaited.parent);
  if (!isBody && !isStatement) return undefined;
  const wait = closeStatement(String(ctx.data['name']), 'node', isJavaScript(ctx.path));
  const isAsync = hasModifier(callback, ts.SyntaxKind.AsyncKeyword);
  const edits: FixEdit[] = [ctx.replace(awaited, isBody && !isAsync ? wait.replace(/^await /, '') : wait)];
  if (!isAsync && !isBody) edits.unshift(ctx.insert(callback.getStart(), 'async '));
  return edits;
}
