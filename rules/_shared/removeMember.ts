import type { Finding, FixContext, TextEdit } from '#api';
import { type MemberPlace, placeOfMember } from './memberPlace.ts';
import { cutsFor, type Entries } from './removeEntries.ts';

/**
 * Takes the member that a finding spans exactly out of its object, in source code or JSON. An object left empty goes with
 * it when it is the value of one of `owners`.
 */
export function removeMember(
  ctx: FixContext<unknown>,
  finding: Finding,
  owners: readonly string[] = [],
): TextEdit[] | undefined {
  const place = placeOfMember(ctx, finding);
  return place && cutsFor(ctx.text, entriesOf(ctx.text, place, owners)).map((cut) => ctx.replace(cut, ''));
}

function entriesOf(text: string, place: MemberPlace, owners: readonly string[]): Entries {
  const { inner, spans, index, parent } = place;
  const alone = spans.length === 1 && !/\/[/*]/.test(text.slice(inner.start, inner.end));
  if (alone && parent !== undefined && owners.includes(parent.name)) return entriesOf(text, parent, owners);
  return { inner, spans, removed: new Set([index]) };
}
