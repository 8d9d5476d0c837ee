import type { Fix, Span, TextEdit } from '#api';

/** Numbers and blocks of a bar anew; whatever else stands in its line stays. */
export const rewriteBar: Fix<unknown>['edits'] = (ctx, finding) => {
  const { done, total, percent } = finding.data;
  if (typeof done !== 'number' || typeof total !== 'number' || typeof percent !== 'number') return undefined;
  const spanOf = (name: string): Span | undefined => {
    const start = finding.data[`${name}Start`];
    const end = finding.data[`${name}End`];
    if (typeof start !== 'number' || typeof end !== 'number') return undefined;
    return { start: finding.start + start, end: finding.start + end };
  };
  const edits: TextEdit[] = [];
  const rewrite = (name: string, write: (before: string) => string | undefined): boolean => {
    const span = spanOf(name);
    if (span === undefined) return true;
    const before = ctx.text.slice(span.start, span.end);
    const after = write(before);
    if (after === undefined) return false;
    if (after !== before) edits.push(ctx.replace(span, after));
    return true;
  };
  const isWritten =
    rewrite('number', (before) =>
      /\d/.test(before) ? before.replace(/\d+(?:[.,]\d+)?/, String(percent)) : undefined,
    ) &&
    rewrite('count', (before) => {
      const numbers = before.match(/\d+/g);
      if (numbers?.length !== 2) return undefined;
      const next = [done, total];
      return before.replace(/\d+/g, () => String(next.shift()));
    }) &&
    rewrite('blocks', (before) => blocks(before, done / total));
  return isWritten ? edits : undefined;
};

/** A bar of the same length and characters; `undefined` when it has no two kinds of blocks to be told apart. */
function blocks(before: string, share: number): string | undefined {
  const characters = [...before];
  const full = characters.find((character) => FULL.has(character));
  const empty = characters.find((character) => EMPTY.has(character));
  // A damaged character is several others here, which nobody should count.
  if (!characters.every((character) => character === full || character === empty)) return undefined;
  const filled =
    share === 1 ? characters.length : Math.min(characters.length - 1, Math.round(share * characters.length));
  const [one, none] = [full ?? COUNTERPART.get(empty ?? ''), empty ?? COUNTERPART.get(full ?? '')];
  return one === undefined || none === undefined
    ? undefined
    : one.repeat(filled) + none.repeat(characters.length - filled);
}

const PAIRS = [
  ['█', '░'],
  ['▓', '▒'],
  ['■', '□'],
  ['▰', '▱'],
  ['🟩', '⬜'],
  ['#', '-'],
  ['=', ' '],
] as const;
const FULL: ReadonlySet<string> = new Set(PAIRS.map(([full]) => full));
const EMPTY: ReadonlySet<string> = new Set(PAIRS.map(([, empty]) => empty));
const COUNTERPART: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([full, empty]) => [[full, empty] as const, [empty, full] as const]),
);
