import type { Span } from '../api/finding.ts';
import { lineAt } from '../formats/lines.ts';
import { allClaimIn } from './allClaims.ts';
import type { BarDraft } from './drafts.ts';

const BLOCKS = /[█▓▒░▰▱■□▪▫▉▊▋▌▍▎▏●○]{4,200}|\[[#=]{0,100}>?[ .\-_]{0,100}\](?=\s*\d{1,3}(?:\.\d+)?\s*%)/u;
const PERCENT = /(?<![\w.])(\d{1,3}(?:\.\d{1,2})?)\s?%/;
const DONE = /^\s*(?:complete|completed|done|finished)\b/i;
const COUNT = /(?<![\w./])(\d{1,6})\s?(?:\/|of|out of)\s?(\d{1,6})(?![\w/.])/;
const COUNTED =
  /^\s*\)?\s*(?:(?:items?|tasks?|checks?|steps?|boxes|gates?|stories|todos?|phases|milestones|stages|sprints)\s+)?(?:are\s+)?(?:complete|completed|done|finished|ticked|checked|closed)\b|^\s*(?:items?|tasks?)\s*(?:$|[).,|])/i;
const PHASES = /^\s*(?:phases|milestones|stages|sprints)\b/i;
const ESTIMATE = /[~≈]|\b(?:about|approx\w*|around|estimated?|roughly)\b/i;

/** The words in front of a claim, without bullets, emphasis, colon and pictures. */
function labelOf(text: string): string {
  return text
    .replace(/[*_`|#>]|\p{Extended_Pictographic}|\ufe0f/gu, ' ')
    .replace(/^\s*(?:[-+]|\d+[.)])\s/, '')
    .replace(/[\s:([\-–—~≈]+$/u, '')
    .replace(/\b(?:about|approx\w*|around|estimated?|roughly)\s*$/i, '')
    .replace(/[\s:]+$/, '')
    .trim();
}

function barAt(text: string, start: number, end: number): BarDraft | undefined {
  const line = text.slice(start, Math.min(end, start + 400));
  // A drawing of a window is no claim.
  if (/[\u2500-\u257f]/.test(line)) return undefined;
  const place = (at: number, length: number): Span => ({ start: start + at, end: start + at + length });
  const blocks = BLOCKS.exec(line);
  const percent = PERCENT.exec(line);
  const count = COUNT.exec(line);
  const percentEnd = percent === null ? 0 : percent.index + percent[0].length;
  const countEnd = count === null ? 0 : count.index + count[0].length;
  const claimsPercent =
    percent !== null && Number(percent[1]) <= 100 && (blocks !== null || DONE.test(line.slice(percentEnd)));
  const claimsCount =
    count !== null &&
    Number(count[1]) <= Number(count[2]) &&
    (blocks !== null || claimsPercent || COUNTED.test(line.slice(countEnd)));
  if (!claimsPercent && !claimsCount) return allClaimIn(line, start);
  const first = Math.min(
    blocks?.index ?? Number.POSITIVE_INFINITY,
    claimsPercent ? percent.index : Number.POSITIVE_INFINITY,
    claimsCount ? count.index : Number.POSITIVE_INFINITY,
  );
  const last = Math.max(
    blocks === null ? 0 : blocks.index + blocks[0].length,
    claimsPercent ? percentEnd : 0,
    claimsCount ? countEnd : 0,
  );
  const label = labelOf(line.slice(0, first));
  return {
    ...place(first, last - first),
    label,
    unit: claimsCount && (PHASES.test(line.slice(countEnd)) || PHASES.test(label)) ? 'phases' : 'items',
    all: false,
    percent: claimsPercent ? Number(percent[1]) : undefined,
    percentSpan: claimsPercent ? place(percent.index, percent[0].length) : undefined,
    done: claimsCount ? Number(count[1]) : undefined,
    total: claimsCount ? Number(count[2]) : undefined,
    countSpan: claimsCount ? place(count.index, count[0].length) : undefined,
    blocksSpan: blocks === null ? undefined : place(blocks.index, blocks[0].length),
    estimate: ESTIMATE.test(line.slice(0, last)),
  };
}

/** The progress claims in the lines of a range: a bar of blocks, `40% complete`, `12/30 done`. At most one for each line. */
export function barsIn(text: string, start: number, end: number): BarDraft[] {
  const bars: BarDraft[] = [];
  for (let line = lineAt(text, start); line !== undefined && line.start < end; line = lineAt(text, line.next)) {
    const bar = barAt(text, line.start, Math.min(line.end, end));
    if (bar !== undefined) bars.push(bar);
  }
  return bars;
}
