import type { BarDraft } from './drafts.ts';

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** What a line may have in front of the claim: bullets, pictures, emphasis, and a label that says what follows is a status. */
const LEAD =
  /^(?:[\s>*_#+-]|\p{Extended_Pictographic}|\ufe0f)*(?:(?:(?:overall|current|final) )?(?:status|progress|summary|result|completion)[\s*_]*:(?:[\s*_]|\p{Extended_Pictographic}|\ufe0f)*)?$/iu;
const ALL = new RegExp(
  `\\b(?:all(?: the| of the)? (\\d{1,4}|${NUMBERS.join('|')})|(both)) (?:of them |(?:check)?(?:items?|tasks?|checks?|steps?|boxes|gates|stories|todos?|(phases|milestones|stages|sprints)) ` +
    '(?:(?:below|above|here|in this section|of this (?:list|section|document)) )?)?(?:(?:are|is|have been|now) ){0,2}' +
    // A condition or a plan goes on: "done before the launch", "done?", "done when …".
    '(?:complete|completed|done|finished|ticked|checked|closed)(?=[\\s*_]*(?:$|[.!,;)✅🎉]|and\\b))(?![\\s*_]*\\?)',
  'iu',
);

/**
 * "All 9 items are done." in a line of prose. It has to begin the line or a sentence: "Once all 9 items are done" claims
 * nothing.
 */
export function allClaimIn(line: string, start: number): BarDraft | undefined {
  const match = ALL.exec(line);
  if (match === null) return undefined;
  const ahead = line.slice(0, match.index);
  const sentence = ahead.slice(ahead.search(/[^.!]*$/));
  if (!LEAD.test(sentence === ahead ? ahead : sentence.trimStart())) return undefined;
  const [claim, number = '', both, phases] = match;
  // A number that is no word of the list has digits.
  const word = NUMBERS.indexOf(number.toLowerCase());
  const total = both !== undefined ? 2 : word < 0 ? Number(number) : word + 2;
  if (total < 2) return undefined;
  return {
    start: start + match.index,
    end: start + match.index + claim.length,
    label: '',
    percent: undefined,
    percentSpan: undefined,
    done: total,
    total,
    countSpan: undefined,
    blocksSpan: undefined,
    estimate: false,
    unit: phases === undefined ? 'items' : 'phases',
    all: true,
  };
}
