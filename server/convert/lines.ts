import type { Position, Range } from 'vscode-languageserver';
import type { Span } from '#api';

/**
 * Line starts of one text, read no further than the places asked for. Lines end where the protocol says so (`\n`,
 * `\r\n`, `\r`); the compiler's own line map also counts U+2028 and must not be used for editors.
 */
export class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];
  /** `#starts` holds every line that begins at or before this offset. */
  #known = 0;
  readonly #carriage: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#carriage = text.includes('\r') && /\r(?!\n)/.test(text);
  }

  positionAt(offset: number): Position {
    const at = this.#outsideLineEnd(Math.max(0, Math.min(offset, this.#text.length)));
    this.#readTo(at);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#start(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.#start(low) };
  }

  /** Clamps like editors do: a character beyond the line's end means its end, a line beyond the last one the text's. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    while (this.#starts.length <= line + 1 && this.#known < this.#text.length) this.#readTo(this.#known + 4096);
    const start = this.#starts[line];
    if (start === undefined) return this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    if (end > start && this.#text.charCodeAt(end - 1) === LF) end--;
    if (end > start && this.#text.charCodeAt(end - 1) === CR) end--;
    return Math.max(start, Math.min(start + character, end));
  }

  range(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }

  span(range: Range): Span {
    const start = this.offsetAt(range.start);
    const end = this.offsetAt(range.end);
    return start <= end ? { start, end } : { start: end, end: start };
  }

  #start(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** Between `\r` and `\n` there is no place for a caret. */
  #outsideLineEnd(offset: number): number {
    const inside = this.#text.charCodeAt(offset - 1) === CR && this.#text.charCodeAt(offset) === LF;
    return inside ? offset - 1 : offset;
  }

  #readTo(offset: number): void {
    const text = this.#text;
    while (this.#known < offset && this.#known < text.length) {
      const next = this.#carriage ? nextLineEnd(text, this.#known) : text.indexOf('\n', this.#known);
      if (next < 0) {
        this.#known = text.length;
        return;
      }
      this.#known = next + 1;
      this.#starts.push(next + 1);
    }
  }
}

const LF = 10;
const CR = 13;

/** Offset of the last character of the next line end. */
function nextLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF) return at;
    if (code === CR) return text.charCodeAt(at + 1) === LF ? at + 1 : at;
  }
  return -1;
}
