import type { ChecklistItem, ChecklistSection } from '#api';
import { claimsAll, isLeftToDo, isOrnament, isStep } from './fullClaim.ts';

/** Parts of a closed item that are open, at any depth; parts of an open part are not listed again. */
export function openBelowItem(
  item: ChecklistItem,
  items: readonly ChecklistItem[],
  text: string,
): readonly ChecklistItem[] {
  if (item.status !== 'done' || item.mark === undefined || item.aside !== undefined) return [];
  if (item.form === 'heading' && !claimsAll(item.mark, item.title, text)) return [];
  const parts = items.filter((other) => other.parent === item.id);
  return item.form === 'heading' && isOrnament(item.mark, parts, text) ? [] : parts.filter(isLeftToDo);
}

/** Items below a heading that claims all of it to be done. A heading that is an item itself speaks for its children. */
export function openBelowSection(
  section: ChecklistSection,
  sections: readonly ChecklistSection[],
  items: readonly ChecklistItem[],
  text: string,
): readonly ChecklistItem[] {
  if (section.status !== 'done' || section.mark === undefined || section.item !== undefined || section.human) return [];
  // The title names the document: a finished diagnosis lists what is to be done.
  if (section.level === 1 || section.title === '' || !claimsAll(section.mark, section.title, text)) return [];
  const byId = new Map(sections.map((each) => [each.id, each]));
  const isBelow = (id: string | undefined): boolean => {
    for (let at = id === undefined ? undefined : byId.get(id); at !== undefined; at = byId.get(at.parent ?? '')) {
      if (at.id === section.id) return true;
      // A part that speaks for itself, or is for people, is not what the heading claims.
      if (at.human || at.status !== undefined) return false;
    }
    return false;
  };
  const parts = items.filter((item) => item.depth === 0 && isBelow(item.section));
  return isOrnament(section.mark, parts, text) && !isStep(section.title) ? [] : parts.filter(isLeftToDo);
}
