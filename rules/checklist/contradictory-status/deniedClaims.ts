import type { ChecklistDocument, ProgressBar } from '#api';
import { type Count, countsFor } from '../../_shared/checklistCounts.ts';

/** A sentence that says all is done, and what the boxes say. */
export interface DeniedClaim {
  readonly claim: ProgressBar;
  readonly count: Count;
}

/** Headings over what shall be true one day. */
const WANTED =
  /\b(?:criteria|criterion|when|goals?|definition|targets?|templates?|examples?|expected|acceptance|plan(?:ned)?)\b/i;

/**
 * Claims such as "All 9 items are done." that the boxes deny. The number tells which boxes are meant: where nothing in the
 * document or section has that number of items, the sentence speaks of something else.
 */
export function deniedClaims(document: ChecklistDocument): readonly DeniedClaim[] {
  const sections = new Map(document.sections.map((section) => [section.id, section]));
  return document.bars.flatMap((claim) => {
    if (!claim.all) return [];
    const summed = (claim.sums?.kind === 'sections' ? claim.sums.ids : []).flatMap((id) => sections.get(id) ?? []);
    // What a heading claims too is reported there.
    if (summed.some(({ title, status }) => status === 'done' || WANTED.test(title))) return [];
    const counts = countsFor(claim, document).filter(({ total }) => total === claim.total);
    const [count] = counts;
    return count === undefined || counts.some(({ done, total }) => done === total) ? [] : [{ claim, count }];
  });
}
