const BRACE = '{'.charCodeAt(0);
const EQUALS = '='.charCodeAt(0);
const GREATER = '>'.charCodeAt(0);

/**
 * Answers where in a text a brace or an arrow opens something. Without one of them an expression can hold no function and no
 * class. Asked from front to back, each character is read once.
 */
export class Braces {
  private readonly text: string;
  /** Nothing opens from here … */
  private from = 0;
  /** … up to here, */
  private clear = 0;
  /** where something does, when this is set. */
  private isOpen = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether something opens between two offsets. */
  between(start: number, end: number): boolean {
    if (start < this.from || start > this.clear) {
      this.from = start;
      this.clear = start;
      this.isOpen = false;
    }
    if (!this.isOpen && this.clear < end) this.search(end);
    return this.isOpen && this.clear < end;
  }

  private search(end: number): void {
    const { text } = this;
    let at = this.clear;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === BRACE || (code === EQUALS && text.charCodeAt(at + 1) === GREATER)) break;
    }
    this.isOpen = at < end;
    this.clear = at;
  }
}
