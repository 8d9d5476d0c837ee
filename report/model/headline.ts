import { counted } from '../text.ts';
import type { ReportModel } from './report.ts';

/** What a reader has to know before anything else. */
export interface Headline {
  readonly standing: 'blocked' | 'clear' | 'empty';
  readonly title: string;
  readonly detail: string;
}

/** Blockers first: neither a percentage nor a count of lesser things can hide one. */
export function headline({ summary, blockers, documents, complete }: ReportModel): Headline {
  const urgent = summary.findings.P0;
  const unfinished = complete ? '' : ' Not every rule has run over the whole workspace, so more may be hidden.';
  if (blockers.length > 0 || urgent > 0) {
    const parts = [
      ...(blockers.length > 0 ? [`${counted(blockers.length, 'blocker')} in the checklist`] : []),
      ...(urgent > 0 ? [`${counted(urgent, 'finding')} that must be fixed before production`] : []),
    ];
    return { standing: 'blocked', title: 'Not ready for production', detail: `${parts.join(' and ')}.${unfinished}` };
  }
  const nothingUrgent = 'Nothing of priority P0 was found.';
  if (documents.length === 0) {
    return {
      standing: 'empty',
      title: 'No blockers found, and no checklist to hold the code against',
      detail: `${nothingUrgent} "airworthy init" writes a checklist for this workspace.${unfinished}`,
    };
  }
  return { standing: 'clear', title: 'No blockers found', detail: `${nothingUrgent}${unfinished}` };
}

/** How far the checklists are, with what the percentage leaves out. */
export function scoreSentence({ summary }: ReportModel): string {
  const { counted: checkable, proven, percent, items } = summary;
  if (items === 0) return 'There are no checklist items.';
  const aside = items - checkable;
  const left = aside === 0 ? '' : ` ${counted(aside, 'more item')} cannot be checked, do not apply or are waived.`;
  if (percent === null) return `None of the ${counted(items, 'item')} can be checked.`;
  return `${proven} of ${counted(checkable, 'checkable item')} proven (${percent} %).${left}`;
}
