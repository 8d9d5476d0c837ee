/** Numbers the lines of a text, ended by LF, CRLF or CR, as editors do. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    const breaks = /\r\n?|\n/g;
    while (breaks.exec(text) !== null) this.#starts.push(breaks.lastIndex);
  }

  /** 1-based line of an offset. */
  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
