import type { Fix, FixContext, TextEdit, ts } from '#api';
import { type Bypass, bypasses } from '../../_shared/auth/bypasses/bypasses.ts';
import { holdersOf } from '../../_shared/auth/bypasses/holders.ts';
import { type Replacement, takeOutBranch, takeOutOperand } from './takeOut.ts';
import { unusedAfter } from './unusedAfter.ts';

type TakeOut = (bypass: Bypass, file: ts.SourceFile) => Replacement | undefined;

/** Nobody who was checked before is treated differently, so this may run in bulk. */
export const dropFlag: Fix<unknown> = {
  title: 'Take {name} out of the condition',
  safety: 'safe',
  edits: (ctx, finding) => editsFor(ctx, finding, takeOutOperand),
};

/** Tests may lean on the stage, so that somebody has to look. */
export const dropStage: Fix<unknown> = { ...dropFlag, safety: 'suggest' };

export const dropBranch: Fix<unknown> = {
  title: 'Remove the branch that {name} opens',
  safety: 'suggest',
  edits: (ctx, finding) =>
    editsFor(ctx, finding, (bypass, file) =>
      takeOutOperand(bypass, file) === undefined ? takeOutBranch(bypass, file) : undefined,
    ),
};

function editsFor(
  ctx: FixContext<unknown>,
  { start, end }: { readonly start: number; readonly end: number },
  takeOut: TakeOut,
): readonly TextEdit[] | undefined {
  for (const bypass of bypasses(holdersOf(ctx.file), ctx)) {
    if (bypass.node.getStart(ctx.file) !== start || bypass.node.end !== end) continue;
    const replacement = takeOut(bypass, ctx.file);
    if (replacement === undefined) return undefined;
    return [replacement, ...unusedAfter(bypass, replacement, ctx)].map(({ place, text }) => ctx.replace(place, text));
  }
  return undefined;
}
