import { ts } from '../ts.ts';

/**
 * Where words stand in a text that is edited (cache: word places): the whole text is searched once, and after an edit only
 * what came. Words that can overlap themselves are not for this.
 */
export class WordPlaces {
  private readonly places = new Map<string, readonly number[]>();
  private edits: ts.TextChangeRange[] = [];

  /** One more edit, in order; nobody need ask for places in between. */
  edited(change: ts.TextChangeRange): void {
    if (this.places.size > 0) this.edits.push(change);
  }

  /** The text is another one. */
  replaced(): void {
    this.places.clear();
    this.edits = [];
  }

  /** Where a word begins in the current text, in order. */
  of(word: string, text: string): readonly number[] {
    this.catchUp(text);
    let known = this.places.get(word);
    if (known === undefined) {
      known = search(word, text, 0, text.length);
      this.places.set(word, known);
    }
    return known;
  }

  private catchUp(text: string): void {
    if (this.edits.length === 0) return;
    const change = ts.collapseTextChangeRangesAcrossMultipleVersions(this.edits);
    this.edits = [];
    for (const [word, places] of this.places) this.places.set(word, moved(word, places, change, text));
  }
}

function moved(
  word: string,
  places: readonly number[],
  { span, newLength }: ts.TextChangeRange,
  text: string,
): readonly number[] {
  const oldEnd = span.start + span.length;
  const newEnd = span.start + newLength;
  const before = places.filter((at) => at + word.length <= span.start);
  const behind = places.filter((at) => at >= oldEnd).map((at) => at + newLength - span.length);
  // What came may be part of a word with what was there, on either side.
  const between = search(word, text, span.start - word.length + 1, newEnd + word.length - 1);
  return [...before, ...between, ...behind];
}

/** Places of a word that lies between two offsets as a whole. */
function search(word: string, text: string, from: number, to: number): readonly number[] {
  const found: number[] = [];
  const end = Math.min(to, text.length);
  const part = from <= 0 && end === text.length ? text : text.slice(Math.max(0, from), end);
  for (let at = part.indexOf(word); at >= 0; at = part.indexOf(word, at + word.length))
    found.push(Math.max(0, from) + at);
  return found;
}
