import type { Priority } from '../api/finding.ts';
import { priorityCircles } from './symbols.ts';

/** A priority at a range of a plain text. */
export interface FoundPriority {
  readonly level: Priority;
  readonly start: number;
  readonly end: number;
  /** Said by the colour of a circle alone, which documents use differently. */
  readonly circle?: string;
}

const LEVELS: readonly (readonly [Priority, string])[] = [
  ['P0', 'critical|blockers?|must[ -]have|must[ -]fix|urgent'],
  ['P1', 'high|should[ -]have|important'],
  ['P2', 'medium|moderate'],
  ['P3', 'low|nice[ -]to[ -]have|optional|could[ -]have|trivial'],
];

const CODE = /\bP([0-3])\b|\bPriority[ :]+([0-3])\b/;
/** The words in capitals, or with "priority" behind them. */
const WORDS = LEVELS.flatMap(([level, words]) => [
  [level, new RegExp(`\\b(?:${words})[ -](?:priority|priorities|severity)\\b`, 'i')] as const,
  [level, new RegExp(`\\b(?:${words.toUpperCase()})\\b`)] as const,
]);
const WHOLE = LEVELS.map(
  ([level, words]) => [level, new RegExp(`^(?:${words})(?:\\s+(?:priority|issues|items|tasks|fixes))?$`, 'i')] as const,
);

function codeIn(text: string, from: number): FoundPriority | undefined {
  const match = CODE.exec(text.slice(from));
  if (match === null) return undefined;
  const level = `P${match[1] ?? match[2] ?? '0'}` as Priority;
  return { level, start: from + match.index, end: from + match.index + match[0].length };
}

function circleIn(text: string): FoundPriority | undefined {
  for (const [circle, level] of priorityCircles) {
    const at = text.indexOf(circle);
    if (at >= 0) return { level, start: at, end: at + circle.length, circle };
  }
  return undefined;
}

/** The priority that a heading names: a code, words in capitals or beside "priority", or a coloured circle. */
export function headingPriority(text: string): FoundPriority | undefined {
  const code = codeIn(text, 0);
  if (code !== undefined) return code;
  let first: FoundPriority | undefined;
  for (const [level, pattern] of WORDS) {
    const match = pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.start)) {
      first = { level, start: match.index, end: match.index + match[0].length };
    }
  }
  if (first !== undefined) return first;
  const circle = circleIn(text);
  const words = text.replace(/[^\p{L}\s-]/gu, ' ').trim();
  for (const [level, pattern] of WHOLE) {
    if (pattern.test(words)) return { level, start: 0, end: text.length };
  }
  return circle;
}

/** The priority in a field or cell that is about priority. */
export function priorityValue(text: string): FoundPriority | undefined {
  const code = codeIn(text, 0);
  if (code !== undefined) return code;
  for (const [level, words] of LEVELS) {
    const match = new RegExp(`\\b(?:${words})\\b`, 'i').exec(text);
    if (match !== null) return { level, start: match.index, end: match.index + match[0].length };
  }
  return circleIn(text);
}

const TAG = /^\W{0,4}P([0-3])\b|[[(]P([0-3])[\])]|[[(](CRITICAL|BLOCKER|HIGH|MEDIUM|LOW)(?: PRIORITY)?[\])]/u;

/** The priority that an item's own line gives: `P1:` in front, `[P0]`, `(HIGH)`, or a circle in front. */
export function linePriority(text: string, start: number, end: number): FoundPriority | undefined {
  const line = text.slice(start, end);
  const match = TAG.exec(line);
  if (match !== null) {
    const digit = match[1] ?? match[2];
    const level = digit === undefined ? priorityValue(match[3] ?? '')?.level : (`P${digit}` as Priority);
    if (level !== undefined) {
      return { level, start: start + match.index, end: start + match.index + match[0].length };
    }
  }
  const circle = circleIn(line.slice(0, 3));
  return circle === undefined ? undefined : { ...circle, start: start + circle.start, end: start + circle.end };
}
