import type { Span } from '#api';

/** Members of an object or items of a list, in source or JSON, and what is to go. */
export interface Entries {
  /** Between the brackets. */
  readonly inner: Span;
  /** In order, without their commas. */
  readonly spans: readonly Span[];
  readonly removed: ReadonlySet<number>;
}

/**
 * The stretches to cut so that the entries are gone: with their commas, with their lines where nothing else stands on
 * them, and with all comments left where they are.
 */
export function cutsFor(text: string, { inner, spans, removed }: Entries): readonly Span[] {
  if (removed.size === spans.length && !hasComment(text, inner, spans)) return [inner];
  const cuts: Span[] = [];
  const commas: Span[] = [];
  for (const index of removed) {
    const span = spans[index];
    if (span === undefined) continue;
    const comma = commaBehind(text, span.end, inner.end);
    const joined = comma !== undefined && text.slice(span.end, comma).trim() === '';
    cuts.push(joined ? { start: span.start, end: comma + 1 } : span);
    // A comment stands between them and stays.
    if (comma !== undefined && !joined) commas.push({ start: comma, end: comma + 1 });
  }
  const dangling = danglingComma(text, { inner, spans, removed });
  return mergeTouching([...cuts.map((cut) => widen(text, cut, inner)), ...commas, ...dangling], text);
}

/** The comma in front of a removed end, which JSON does not allow to stay. */
function danglingComma(text: string, { inner, spans, removed }: Entries): readonly Span[] {
  const last = spans.length - 1;
  if (!removed.has(last) || commaBehind(text, spans[last]?.end ?? 0, inner.end) !== undefined) return [];
  let kept = last;
  while (removed.has(kept)) kept--;
  const before = spans[kept];
  const comma = before && commaBehind(text, before.end, inner.end);
  return comma === undefined ? [] : [{ start: comma, end: comma + 1 }];
}

/** Takes in the whole line where the cut leaves nothing on it, else the blanks on one side. */
function widen(text: string, { start, end }: Span, inner: Span): Span {
  let from = start;
  while (from > inner.start && isBlank(text[from - 1])) from--;
  let to = end;
  while (to < inner.end && isBlank(text[to])) to++;
  const beginsLine = text[from - 1] === '\n';
  const lineBreak = /^\r?\n/.exec(text.slice(to, to + 2))?.[0];
  if (beginsLine && lineBreak !== undefined && to + lineBreak.length <= inner.end) {
    return { start: from, end: to + lineBreak.length };
  }
  if (beginsLine) return { start, end: to < inner.end ? to : end };
  // Behind other entries the blanks before the cut go, so that none end the line; before others those behind it.
  return lineBreak !== undefined || to >= inner.end ? { start: from, end } : { start, end: to };
}

function mergeTouching(cuts: readonly Span[], text: string): readonly Span[] {
  const sorted = [...cuts].sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const cut of sorted) {
    const last = merged.at(-1);
    const onlyBlanks = last && /^[ \t]*$/.test(text.slice(last.end, cut.start));
    if (last && onlyBlanks) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, cut.end) };
    else merged.push(cut);
  }
  return merged;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

/** The comma behind an entry, over blanks and comments. */
function commaBehind(text: string, from: number, end: number): number | undefined {
  let at = from;
  while (at < end) {
    if (text.startsWith('//', at)) at = text.indexOf('\n', at);
    else if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2) + 1;
    else if (!/\s/.test(text[at] ?? '')) break;
    if (at <= 0) return undefined;
    at++;
  }
  return at < end && text[at] === ',' ? at : undefined;
}

function hasComment(text: string, inner: Span, spans: readonly Span[]): boolean {
  let at = inner.start;
  for (const span of [...spans, { start: inner.end, end: inner.end }]) {
    if (/\/[/*]/.test(text.slice(at, span.start))) return true;
    at = span.end;
  }
  return false;
}
