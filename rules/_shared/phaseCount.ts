import type { ChecklistDocument, ChecklistItem, ProgressBar } from '#api';

const PHASE = /^(?:phase|milestone|stage|sprint)\s+(\d{1,3})(?![\w.,/&+]|\s*(?:[-–—]\s*\d|(?:&|and|to|through)\s+\d))/i;

/** The whole document is meant where a claim about phases has no other words in front. */
const WHOLE =
  /^(?:phases|milestones|stages|sprints|(?:overall |project |current )?(?:progress|status|completion)|total)?$/i;

/**
 * How many phases of the document are done: those whose heading or entry is marked so, or without a mark all of whose boxes
 * are ticked. Empty when that cannot be told for each of them, or when it differs between two places.
 */
export function countPhases(
  { label }: ProgressBar,
  { sections, items }: ChecklistDocument,
): readonly { readonly done: number; readonly total: number; readonly open: readonly ChecklistItem[] }[] {
  if (!WHOLE.test(label)) return [];
  const marked = new Map<string, Set<boolean>>();
  const headings = new Map<string, string[]>();
  const say = (number: string, done: boolean) => {
    marked.set(number, (marked.get(number) ?? new Set()).add(done));
  };
  for (const { id, title, level, status, mark } of sections) {
    const number = level === 1 ? undefined : PHASE.exec(title)?.[1];
    if (number === undefined) continue;
    headings.set(number, [...(headings.get(number) ?? []), id]);
    if (mark !== undefined) say(number, status === 'done');
  }
  for (const { title, status, mark, aside } of items) {
    const number = PHASE.exec(title)?.[1];
    if (number !== undefined && mark !== undefined && aside === undefined) say(number, status === 'done');
  }
  const parents = new Map(sections.map(({ id, parent }) => [id, parent]));
  const isBelow = ({ section }: ChecklistItem, heading: string): boolean => {
    for (let id = section; id !== undefined; id = parents.get(id)) if (id === heading) return true;
    return false;
  };
  let done = 0;
  const numbers = new Set([...headings.keys(), ...marked.keys()]);
  for (const number of numbers) {
    const [heading, second] = headings.get(number) ?? [];
    if (second !== undefined) return [];
    const said = marked.get(number) ?? new Set<boolean>();
    if (said.size > 1) return [];
    const below = items.filter((item) => heading !== undefined && isBelow(item, heading) && item.status !== 'dropped');
    if (said.size === 0 && below.length === 0) return [];
    if (said.size === 0 ? below.every(({ status }) => status === 'done') : said.has(true)) done++;
  }
  return numbers.size === 0 ? [] : [{ done, total: numbers.size, open: [] }];
}
