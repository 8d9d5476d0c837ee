import type { ChecklistItem, ChecklistSection } from '#api';

/** Items that claim to be undone: a mark says so. What has no mark says nothing. */
function isUndone({ status, mark, human, aside }: ChecklistItem): boolean {
  // Parts that only people can do are often listed apart, to be done after the rest was closed.
  return mark !== undefined && !human && aside === undefined && status !== 'done' && status !== 'dropped';
}

/** Parts of a closed item that are open, at any depth; parts of an open part are not listed again. */
export function openBelowItem(item: ChecklistItem, items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  if (item.status !== 'done' || item.mark === undefined || item.aside !== undefined) return [];
  return items.filter((other) => other.parent === item.id && isUndone(other));
}

/** Items below a heading that claims all of it to be done. A heading that is an item itself speaks for its children. */
export function openBelowSection(
  section: ChecklistSection,
  sections: readonly ChecklistSection[],
  items: readonly ChecklistItem[],
): readonly ChecklistItem[] {
  if (section.status !== 'done' || section.mark === undefined || section.item !== undefined || section.human) return [];
  const byId = new Map(sections.map((each) => [each.id, each]));
  const isBelow = (id: string | undefined): boolean => {
    for (let at = id === undefined ? undefined : byId.get(id); at !== undefined; at = byId.get(at.parent ?? '')) {
      if (at.id === section.id) return true;
      // A part that speaks for itself, or is for people, is not what the heading claims.
      if (at.human || at.status !== undefined) return false;
    }
    return false;
  };
  return items.filter((item) => item.depth === 0 && isBelow(item.section) && isUndone(item));
}
