import { type FixContext, type FixEdit, ts } from '#api';
import { requireEnv } from '../../_shared/env/requireEnv.ts';

/** Reads the variable through a function of the file that throws, which is added when it is not there. */
export function readOrThrow(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const node = ctx.node(
    (each): each is ts.NonNullExpression | ts.AsExpression => ts.isNonNullExpression(each) || ts.isAsExpression(each),
  );
  if (node === undefined || /^(?:Bun|Deno)\b/.test(node.getText())) return undefined;
  return requireEnv(ctx, node, String(ctx.data['name']));
}
