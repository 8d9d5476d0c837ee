import type { FormatProblem } from './types.ts';

/** Containers within containers; real documents stay below 50. Keeps every walk over a tree safe from the call stack. */
export const MAX_DEPTH = 400;

/** Values, elements, attributes or entries of one document. A lock file of a large project has about 200,000. */
export const MAX_NODES = 300_000;

/** Problems kept per document; more of them say nothing new. */
const MAX_PROBLEMS = 100;

/** Gathers problems, bounded, with spans clamped to the text. */
export class ProblemList {
  readonly items: FormatProblem[] = [];
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  /** @param isSound as in {@link FormatProblem} */
  add(start: number, end: number, message: string, isSound = false): void {
    if (this.items.length >= MAX_PROBLEMS) return;
    const from = Math.min(Math.max(start, 0), this.#length);
    this.items.push({
      start: from,
      end: Math.min(Math.max(end, from), this.#length),
      message,
      ...(isSound && { isSound }),
    });
  }
}
