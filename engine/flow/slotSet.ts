/**
 * A set of slots, small numbers from 0. A fold joins the sets of a thousand functions after each key: as bits that is a few
 * operations for each of them.
 */
export class SlotSet {
  /** 32 slots each. */
  private readonly words: number[] = [];

  add(slot: number): void {
    const at = slot >>> 5;
    while (this.words.length <= at) this.words.push(0);
    this.words[at] = (this.words[at] ?? 0) | (1 << (slot & 31));
  }

  addAll({ words }: SlotSet): void {
    while (this.words.length < words.length) this.words.push(0);
    for (let at = 0; at < words.length; at++) this.words[at] = (this.words[at] ?? 0) | (words[at] ?? 0);
  }

  has(slot: number): boolean {
    return ((this.words[slot >>> 5] ?? 0) & (1 << (slot & 31))) !== 0;
  }

  get isEmpty(): boolean {
    // Words are added together with a bit in them.
    return this.words.length === 0;
  }
}
