import type { ChecklistItem, ChecklistSection, ProgressBar } from './model.ts';

const WHOLE = /^(?:overall|total|progress|all|completion|everything|overall progress|total progress|status)?$/i;

function words(title: string): string {
  return (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

/**
 * What a progress claim sums. A label names sections that begin with its words; "Overall" means the document; a claim
 * without a label speaks of the section around it.
 */
export function barSums(
  label: string,
  section: string | undefined,
  sections: readonly ChecklistSection[],
  items: readonly ChecklistItem[],
): ProgressBar['sums'] {
  const parents = new Map(sections.map(({ id, parent }) => [id, parent]));
  const holds = (outer: string, inner: string | undefined): boolean => {
    for (let at = inner; at !== undefined; at = parents.get(at)) if (at === outer) return true;
    return false;
  };
  const filled = (id: string) => items.some((item) => holds(id, item.section));
  const wanted = words(label.replace(/\b(?:overall|total)?\s*(?:progress|completion|status)$/i, ''));
  if (wanted !== '' && !WHOLE.test(wanted)) {
    const named = sections.filter(({ id, title }) => {
      const name = words(title);
      return (name === wanted || name.startsWith(`${wanted} `)) && filled(id);
    });
    const ids = named.map(({ id }) => id);
    const outermost = ids.filter((id) => !ids.some((other) => other !== id && holds(other, id)));
    return outermost.length === 0 ? undefined : { kind: 'sections', ids: outermost };
  }
  if (wanted !== '') return { kind: 'document' };
  const around = sections.find(({ id }) => id === section);
  if (around === undefined || around.level === 1) return { kind: 'document' };
  if (filled(around.id)) return { kind: 'sections', ids: [around.id] };
  return /\b(?:progress|status|overall)\b/i.test(around.title) ? { kind: 'document' } : undefined;
}
