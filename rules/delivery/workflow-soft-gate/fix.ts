import type { Finding, FixContext, TextEdit } from '#api';
import { entryCut, flagCut } from '../../_shared/lineCuts.ts';

/** Takes `continue-on-error` out, with its line. */
export function removeSetting(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const cut = entryCut(ctx.text, finding);
  return cut && [ctx.replace(cut, '')];
}

/** Takes a flag out of its command. */
export function removeFlag(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  return [ctx.replace(flagCut(ctx.text, finding), '')];
}

/** Takes `|| true` away, with the blanks and the continued line before it. */
export function removeAlternative(ctx: FixContext<unknown>, finding: Finding): TextEdit[] {
  const space = /[ \t]*(?:\\?\r?\n[ \t]*)?$/.exec(ctx.text.slice(0, finding.start))?.[0].length ?? 0;
  return [ctx.replace({ start: finding.start - space, end: finding.end }, '')];
}
