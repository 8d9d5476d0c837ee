import type { ChecklistDocument, ChecklistItem, ChecklistSection, ItemStatus, Span } from '#api';

/** A place that says where a phase stands. */
interface PhasePlace {
  /** As written, for people. */
  readonly title: string;
  /** Kind and number: `phase 3`. */
  readonly key: string;
  /** Telling words of its name, in lower case; empty where only the number is written. */
  readonly name: ReadonlySet<string>;
  readonly span: Span;
  readonly line: number;
  readonly status: ItemStatus;
  /** The heading; `undefined` for a list entry or row. */
  readonly section: ChecklistSection | undefined;
  /** Id of the section it stands in. */
  readonly within: string | undefined;
}

/** A phase that is done in one place of the document, and not in others. */
export interface PhaseConflict {
  readonly done: PhasePlace;
  /** At least one, in text order. */
  readonly others: readonly PhasePlace[];
}

const PHASE = /^(phase|milestone|stage|sprint|iteration)\s+(\d{1,3}(?:\.\d{1,3})*[a-z]?)(?![\w.&+,/])/i;
/** "Phase 1-3" and "Phase 1 and 2" speak of several at once. */
const SEVERAL = /^\s*(?:[-–—]\s*\d|(?:&|and|to|through|\/|\+|,)\s*(?:phase\s+)?\d)/i;
/** Nothing but a status behind the number: "Phase 2 complete". */
const STATUS_ONLY = /^(?:is\s+|now\s+)*(?:complete|completed|done|finished|in progress|pending|not started|100 ?%)?$/i;
const EMPTY = new Set('a an and the of for to in on with status complete completed done progress pending'.split(' '));
/** Headings over what was true at another time, or is not about this plan. */
const ANOTHER_TIME =
  /\b(?:before|after|previous|previously|initial|original|history|changelog|log|logs|updates?|archived?|snapshot|session|retrospective|example|template|legend|(?:day|week|month)\s+\d+)\b|\d{4}-\d{2}-\d{2}/i;

/** Telling words of a name, without what stands in brackets. */
function wordsOf(name: string): ReadonlySet<string> {
  const words = name
    .replace(/\([^()]*\)/g, ' ')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return new Set((words ?? []).filter((word) => !EMPTY.has(word)));
}

/** Reads "Phase 3: Name"; `undefined` for titles that are about something of a phase ("Phase 3 sign-off"), or several. */
function phaseIn(title: string, nameElsewhere: string): Pick<PhasePlace, 'key' | 'name'> | undefined {
  const match = PHASE.exec(title);
  const [all = '', kind = '', number = ''] = match ?? [];
  if (match === null) return undefined;
  const rest = title.slice(all.length);
  if (SEVERAL.test(rest)) return undefined;
  const bare = rest.replace(/\([^()]*\)/g, ' ').trim();
  const named = /^\s*[:–—-]/.test(rest);
  if (!named && !STATUS_ONLY.test(bare)) return undefined;
  const name = wordsOf(named ? rest : '');
  return { key: `${kind} ${number}`.toLowerCase(), name: name.size > 0 ? name : wordsOf(nameElsewhere) };
}

/** What a row says of its phase in a column of its own. */
function nameOfRow({ fields }: ChecklistItem): string {
  return (
    fields.find(({ label }) => /^(?:name|title|description|focus|scope|goal|theme|area)$/i.test(label))?.value ?? ''
  );
}

/** Places that name a phase, whether or not they say where it stands. */
function placesOf({ sections, items }: ChecklistDocument): readonly (PhasePlace & { readonly says: boolean })[] {
  const headings = sections.flatMap((section) => {
    const { title, status, mark, headingSpan: span, line, parent } = section;
    const phase = section.level === 1 || section.item !== undefined ? undefined : phaseIn(title, '');
    if (phase === undefined) return [];
    const says = status !== undefined && mark !== undefined && !section.human;
    return [{ ...phase, title, span, line, status: status ?? 'open', section, within: parent, says }];
  });
  const entries = items.flatMap((item) => {
    const { title, detail, status, mark, titleSpan: span, line, section } = item;
    const phase = phaseIn(title, item.form === 'row' || item.form === 'tabRow' ? nameOfRow(item) : detail);
    if (phase === undefined) return [];
    const says = mark !== undefined && !item.human && item.aside === undefined;
    return [{ ...phase, title, span, line, status, section: undefined, within: section, says }];
  });
  return [...headings, ...entries].sort((a, b) => a.span.start - b.span.start);
}

/** Same words, or one name is a shorter form of the other. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  return [...short].every((word) => long.has(word));
}

/**
 * Phases that the document says are done in one place and not done in another. A phase is known by its number and name. A
 * number alone means the phase only where the document has one plan: no two names, and no two headings, for that number.
 */
export function phaseConflicts(document: ChecklistDocument): readonly PhaseConflict[] {
  const parents = new Map(document.sections.map((section) => [section.id, section]));
  const around = (id: string | undefined): ChecklistSection[] => {
    const sections: ChecklistSection[] = [];
    for (let at = id === undefined ? undefined : parents.get(id); at !== undefined; at = parents.get(at.parent ?? ''))
      sections.push(at);
    return sections;
  };
  const byKey = new Map<string, (PhasePlace & { readonly says: boolean })[]>();
  for (const place of placesOf(document)) {
    if (around(place.within).some(({ title, level }) => level > 1 && ANOTHER_TIME.test(title))) continue;
    byKey.set(place.key, [...(byKey.get(place.key) ?? []), place]);
  }
  return [...byKey.values()].flatMap((places) => {
    const names = places.map(({ name }) => name).filter(({ size }) => size > 0);
    const headings = places.filter(({ section }) => section !== undefined);
    const isOnePlan = headings.length < 2 && names.every((name) => names.every((other) => alike(name, other)));
    const isSame = (a: PhasePlace, b: PhasePlace): boolean => {
      if (!isOnePlan && (a.name.size === 0 || b.name.size === 0)) return false;
      if (!alike(a.name, b.name)) return false;
      // Plans of two chapters may share a number and a word; so may two lists of one chapter's parts.
      if (a.section !== undefined && b.section !== undefined) return a.within === b.within;
      // What stands below the phase's own heading is a part of it.
      const heading = a.section ?? b.section;
      return heading === undefined || !around(a.section === undefined ? a.within : b.within).includes(heading);
    };
    const isUndone = ({ status }: PhasePlace) => status === 'open' || status === 'inProgress' || status === 'waiting';
    const says = places.filter((place) => place.says);
    for (const done of says) {
      if (done.status !== 'done') continue;
      const others = says.filter((other) => isUndone(other) && isSame(done, other));
      if (others.length > 0) return [{ done, others }];
    }
    return [];
  });
}
