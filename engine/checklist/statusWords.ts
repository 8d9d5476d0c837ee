import type { ItemStatus } from './model.ts';

const WORDS: Readonly<Record<ItemStatus, readonly string[]>> = {
  done: [
    'done',
    'complete',
    'completed',
    'fixed',
    'resolved',
    'implemented',
    'added',
    'created',
    'shipped',
    'finished',
    'closed',
    'verified',
    'passed',
    'passing',
    'deployed',
    'merged',
    'yes',
  ],
  open: [
    'not started',
    'not done',
    'not complete',
    'not completed',
    'not fixed',
    'not resolved',
    'not implemented',
    'not added',
    'not created',
    'not shipped',
    'not finished',
    'not closed',
    'not verified',
    'not passed',
    'not passing',
    'not deployed',
    'not merged',
    'open',
    'todo',
    'to do',
    'missing',
    'failed',
    'failing',
    'planned',
    'incomplete',
    'no',
  ],
  inProgress: [
    'in progress',
    'wip',
    'work in progress',
    'started',
    'ongoing',
    'partial',
    'partially',
    'partially implemented',
    'partially done',
    'partially complete',
    'partially completed',
    'partly done',
    'underway',
    'in review',
  ],
  waiting: ['pending', 'blocked', 'waiting', 'on hold', 'deferred', 'postponed', 'paused'],
  attention: ['needs review', 'needs work', 'needs attention', 'at risk'],
  dropped: [
    'dropped',
    'cancelled',
    'canceled',
    "won't fix",
    'won’t fix',
    'wontfix',
    'n/a',
    'not applicable',
    'skipped',
    'obsolete',
    'out of scope',
    'descoped',
  ],
};

const STATUS = new Map(
  Object.entries(WORDS).flatMap(([status, words]) => words.map((word) => [word, status as ItemStatus] as const)),
);
const LONGEST = Math.max(...[...STATUS.keys()].map((word) => word.length));

/** Words that say a status, at a range of a text. */
export interface StatusWord {
  readonly status: ItemStatus;
  readonly end: number;
}

/** The longest status word at an offset, in any case. It has to end where a word ends. */
export function statusWordAt(text: string, offset: number): StatusWord | undefined {
  const ahead = text.slice(offset, offset + LONGEST).toLowerCase();
  for (let length = ahead.length; length > 1; length--) {
    const status = STATUS.get(ahead.slice(0, length));
    if (status !== undefined && !/[\p{L}\p{N}_/-]/u.test(text[offset + length] ?? ' ')) {
      return { status, end: offset + length };
    }
  }
  return undefined;
}

/** Gives a word the letter case of another. */
function likeCase(word: string, model: string): string {
  if (model === model.toUpperCase()) return word.toUpperCase();
  if (model === model.toLowerCase()) return word;
  const second = model.split(/\s/)[1];
  const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1);
  return second !== undefined && second.charAt(0) !== second.charAt(0).toUpperCase()
    ? capital(word)
    : word.split(' ').map(capital).join(' ');
}

/**
 * What a toggle makes of a status word: "Fixed" ⇄ "Not Fixed", and "Done" of anything else that is open. `undefined` for
 * what has been dropped.
 */
export function oppositeWord(word: string): string | undefined {
  const status = STATUS.get(word.toLowerCase());
  if (status === undefined || status === 'dropped') return undefined;
  if (/^not /i.test(word) && STATUS.get(word.slice(4).toLowerCase()) === 'done') return word.slice(4);
  if (word.toLowerCase() === 'yes') return likeCase('no', word);
  if (word.toLowerCase() === 'no') return likeCase('yes', word);
  return status === 'done' ? `${likeCase('not', word)} ${word}` : likeCase('done', word);
}
