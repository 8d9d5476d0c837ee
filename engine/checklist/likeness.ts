import type { ChecklistDocument } from './model.ts';

const STRONG =
  /\b(?:readiness|production|hardening|launch|go ?live|security|checklists?|blockers?|gates?|pre ?flight|release)\b/i;
const WEAK =
  /\b(?:audit|plan|todos?|roadmap|migration|remediation|quality|milestones?|transition|progress|tracker|status)\b/i;
/** Marks in these praise the project, unless the title says otherwise. */
const FRONT = /^(?:readme|changelog|contributing|code of conduct|license|history|releases?|news)\b/i;

/** File names and titles as words: `prodReadiness_v2.md` is "prod Readiness v2 md". */
function words(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether a document's file name alone says that it is a readiness checklist. */
export function isNamedLikeChecklist(path: string): boolean {
  const name = words(path.slice(path.lastIndexOf('/') + 1));
  return STRONG.test(name) && !FRONT.test(name);
}

/**
 * How much a document looks like a readiness checklist, from 0 (it does not) to 1, by its name, its title and the kind of
 * its items. What evidence there is for the items, and where the file lies, is for the caller to add.
 */
export function likeness(path: string, document: ChecklistDocument): number {
  const items = document.items.filter(({ aside }) => aside === undefined);
  if (items.length === 0) return 0;
  const name = words(path.slice(path.lastIndexOf('/') + 1));
  const title = words(document.title);
  const strong = STRONG.test(title) || isNamedLikeChecklist(path);
  if (!strong && (FRONT.test(name) || !(WEAK.test(name) || WEAK.test(title)))) return 0;
  // A list of nothing but ✅ tells what there is, not what has to be done.
  const tasks = items.filter(({ form, status }) => form !== 'marked' || status !== 'done').length;
  const ranked = items.some(({ priority }) => priority !== undefined);
  return (strong ? 0.6 : 0.2) + 0.2 * (tasks / items.length) + (ranked ? 0.2 : 0);
}
