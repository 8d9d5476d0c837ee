import type { ChecklistFilter } from '#protocol/checklist.ts';
import { verdictWords } from '#protocol/verdicts.ts';

export function isFiltered(filter: ChecklistFilter | undefined): boolean {
  return (filter?.priorities?.length ?? 0) + (filter?.verdicts?.length ?? 0) + (filter?.text?.length ?? 0) > 0;
}

/** What a filter lets through, in words; empty for one that lets all through. */
export function filterText(filter: ChecklistFilter | undefined): string {
  return [
    ...(filter?.priorities?.length ? [filter.priorities.map((one) => (one === 'none' ? 'no priority' : one))] : []),
    ...(filter?.verdicts?.length ? [filter.verdicts.map((verdict) => verdictWords[verdict].toLowerCase())] : []),
    ...(filter?.text ? [[`“${filter.text}”`]] : []),
  ]
    .map((choices) => choices.join(' or '))
    .join('; ');
}
