import type { ClaimGroup, JudgedItem } from '../view.ts';

/** Words that say what was done to a thing, or nothing at all: "Add rate limiting" and "Rate limiting" are one claim. */
const EMPTY: ReadonlySet<string> = new Set(
  (
    'a an the of for to in on and or with all any our your is are be been was were it its this that from by via as at into ' +
    'add added adding implement implemented implementing fix fixed fixing create created creating setup set up configure ' +
    'configured enable enabled make made use used using ensure done complete completed update updated improve improved new ' +
    'proper properly real replace replaced remove removed'
  ).split(' '),
);

/** Fewer words are a heading rather than a claim: every plan has its "Testing" and "Error handling". */
const MIN_WORDS = 3;

/**
 * What a title claims, in a form that is the same for the same claim; `undefined` for titles too short to be one. `Remove` and
 * `Add` differ in what they ask for, but hardly ever about the same thing in two documents of one project.
 */
export function claimOf(title: string): string | undefined {
  const words = (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !EMPTY.has(word));
  return words.length < MIN_WORDS ? undefined : words.join(' ');
}

/** Verdicts that say what the code says of a claim. */
const CODE_SAYS: Readonly<Record<string, boolean>> = {
  verified: true,
  satisfied: true,
  contradicted: false,
  regressed: false,
};

/** A group of items of one claim; `undefined` unless they stand in different documents. */
export function groupOf(claim: string, items: readonly JudgedItem[]): ClaimGroup | undefined {
  const promises = items.filter(({ item }) => item.aside === undefined && item.status !== 'dropped');
  if (new Set(promises.map(({ path }) => path)).size < 2) return undefined;
  const sorted = promises.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.item.line - b.item.line));
  const answers = new Set(
    sorted.flatMap(({ beneath, evidence }) => {
      const says = CODE_SAYS[beneath] ?? (hasFindings(evidence) ? false : undefined);
      return says === undefined ? [] : [says];
    }),
  );
  const [answer] = answers;
  const done = new Set(sorted.map(({ item }) => item.status === 'done'));
  return { claim, items: sorted, disagree: done.size > 1, done: answers.size === 1 ? answer : undefined };
}

function hasFindings(evidence: JudgedItem['evidence']): boolean {
  return evidence.some(({ kind, findings }) => kind !== 'related' && findings.length > 0);
}
