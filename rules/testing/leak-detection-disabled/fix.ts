import type { Finding, FixContext, TextEdit } from '#api';
import { entryCut, flagCut } from '../../_shared/lineCuts.ts';
import { placeOfMember } from '../../_shared/memberPlace.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';

/** Takes the reported setting or flag out, with its line where nothing else stands on it. */
export function remove(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const place = placeOfMember(ctx, finding);
  if (place !== undefined) {
    const { inner, spans, index } = place;
    return cutsFor(ctx.text, { inner, spans, removed: new Set([index]) }).map((cut) => ctx.replace(cut, ''));
  }
  const isFlag = ctx.text.startsWith('--', finding.start);
  const cut = isFlag ? flagCut(ctx.text, finding) : entryCut(ctx.text, finding);
  return cut && [ctx.replace(cut, '')];
}
