import type { ProblemList } from './limits.ts';
import { lineAt, type TextLine, trimEnd } from './lines.ts';

/** Characters and lines read of one document. */
const MAX_TEXT = 200_000;
const MAX_LINES = 10_000;
/** Characters of one line; prose and tables stay far below, embedded data does not. */
const MAX_LINE = 20_000;
/** Quotes and list items begun on one line. */
const MAX_NESTING = 32;
/** Quotes and list items of one document: the parser inserts each into one long list of events. */
const MAX_CONTAINERS = 3_000;
/** Lines of `---` or `===`, for the same reason. */
const MAX_UNDERLINES = 1_000;
/** Columns before the text of a line; each two of them can be one more nested list. */
const MAX_INDENT = 100;
/** Lines blanked out before the rest is given up: the parser still tries each open list on a blank line. */
const MAX_BLANKED = 100;
/** Sum over all paragraphs of the square of their marks (`*`, `_`, `[`, `` ` `` …), which the parser tries in pairs. */
const MAX_PAIRS = 20_000_000;

const MARKS = new Set('*_~[]`<');

/**
 * Blanks out what would take the Markdown parser quadratic time or the call stack, with the length kept so that all
 * offsets stay. The parser cannot be interrupted, so this has to be known before it starts.
 */
export function guardMarkdown(text: string, problems: ProblemList): string {
  const parts: string[] = [];
  let kept = 0;
  let blanked = 0;
  const budget = new Budget(text);
  for (let line = lineAt(text, 0); line !== undefined; line = lineAt(text, line.next)) {
    const verdict = blanked > MAX_BLANKED ? 'stop' : budget.take(line);
    if (verdict === 'keep') continue;
    parts.push(text.slice(kept, line.start));
    kept = line.start;
    if (verdict === 'stop') {
      problems.add(line.start, text.length, 'The document is too large; what follows was not read.');
      return parts.join('');
    }
    problems.add(line.start, line.end, 'This line is too long or too deeply nested to be read as Markdown.');
    parts.push(' '.repeat(line.end - line.start));
    kept = line.end;
    blanked++;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

/** What has been used up at some line, and which kind of block the line belongs to. */
class Budget {
  readonly #text: string;
  #lines = 0;
  #characters = 0;
  #containers = 0;
  #underlines = 0;
  #pairs = 0;
  /** Marks of the paragraph so far. */
  #marks = 0;
  #listIndent = NO_LIST;
  #fence: Fence | undefined;
  /** Cells of the line before, where it may be the head of a table. */
  #cells = 0;
  #table = false;

  constructor(text: string) {
    this.#text = text;
  }

  take(line: TextLine): 'keep' | 'blank' | 'stop' {
    const length = line.end - line.start;
    const shape = shapeOf(this.#text, line.start, Math.min(line.end, line.start + MAX_LINE));
    const kept = length <= MAX_LINE && shape.containers <= MAX_NESTING && shape.indent <= MAX_INDENT;
    this.#lines++;
    this.#characters += length;
    this.#containers += kept ? shape.containers : 0;
    if (shape.underline) this.#underlines++;
    if (
      this.#lines > MAX_LINES ||
      this.#characters > MAX_TEXT ||
      this.#containers > MAX_CONTAINERS ||
      this.#underlines > MAX_UNDERLINES
    ) {
      return 'stop';
    }
    if (!kept) return 'blank';
    if (this.#inFence(shape)) return 'keep';
    if (this.#beginsBlock(shape)) this.#marks = 0;
    // The sum grows by the difference of the squares as marks are added to a paragraph.
    const cost = shape.marks * (2 * this.#marks + shape.marks);
    if (this.#pairs + cost > MAX_PAIRS) return 'blank';
    this.#marks += shape.marks;
    this.#pairs += cost;
    return 'keep';
  }

  /** Follows fenced code, whose content has no marks. A line further left ends the list item that holds the fence. */
  #inFence(shape: LineShape): boolean {
    const open = this.#fence;
    if (open !== undefined && (shape.blank || shape.indent >= open.indent)) {
      const { fence } = shape;
      if (fence?.bare && fence.char === open.char && fence.length >= open.length) this.#fence = undefined;
      return true;
    }
    this.#fence =
      shape.containers === 0 && !(shape.fence?.char === '`' && shape.fence.ticked) ? shape.fence : undefined;
    return this.#fence !== undefined;
  }

  #beginsBlock(shape: LineShape): boolean {
    const head = this.#cells;
    this.#cells = shape.containers === 0 ? shape.cells : 0;
    if (shape.blank) {
      this.#listIndent = NO_LIST;
      this.#table = false;
      return true;
    }
    if (shape.listItem && shape.indent - this.#listIndent < 6) {
      this.#listIndent = shape.indent;
      this.#table = false;
      return true;
    }
    if (this.#table) return shape.cells > 0;
    this.#table = shape.delimiterRow && head > 0 && head === shape.cells;
    return false;
  }
}

/** So that a list item indented like code is none, until one further left has come. */
const NO_LIST = -2;

interface Fence {
  readonly char: string;
  readonly length: number;
  readonly indent: number;
  /** Nothing behind it: it can end code. */
  readonly bare: boolean;
  /** A backtick behind it: it cannot begin code. */
  readonly ticked: boolean;
}

interface LineShape {
  readonly blank: boolean;
  readonly indent: number;
  /** Quotes and list items that the line begins with. */
  readonly containers: number;
  readonly listItem: boolean;
  readonly underline: boolean;
  readonly delimiterRow: boolean;
  /** Cells if it is a row of a table; 0 without a pipe at its start. */
  readonly cells: number;
  readonly marks: number;
  readonly fence: Fence | undefined;
}

function shapeOf(text: string, start: number, end: number): LineShape {
  let at = start;
  let indent = 0;
  let containers = 0;
  let listItem = false;
  let lone = false;
  for (;;) {
    let columns = 0;
    while (at < end && (text[at] === ' ' || text[at] === '\t')) {
      columns += text[at] === '\t' ? 4 : 1;
      at++;
    }
    indent = containers === 0 ? columns : Math.max(indent, columns);
    const length = markerAt(text, at, end);
    if (length === 0) break;
    if (containers === 0) listItem = text[at] !== '>';
    lone = text[at] === '-' && at + 1 >= end;
    containers++;
    at += length;
  }
  const content = at;
  let marks = 0;
  let pipes = 0;
  let plain = content < end;
  let row = plain;
  let previous = '';
  for (; at < end; at++) {
    const char = text[at] ?? '';
    if (char === '|') pipes += previous === '\\' ? 0 : 1;
    if (char !== '-' && char !== '=' && char !== ' ') plain = false;
    if (char !== '-' && char !== ':' && char !== '|' && char !== ' ') row = false;
    // A run of the same emphasis mark counts once, brackets count each.
    if (MARKS.has(char) && (char !== previous || char === '[' || char === ']')) marks++;
    previous = char;
  }
  const closed = text[trimEnd(text, content, end) - 1] === '|' ? 1 : 0;
  return {
    blank: content >= end && containers === 0,
    indent,
    containers,
    listItem,
    underline: plain || lone,
    delimiterRow: row && containers === 0,
    cells: text[content] === '|' && content < end ? pipes - closed : 0,
    marks,
    fence: fenceAt(text, content, end, indent),
  };
}

function fenceAt(text: string, start: number, end: number, indent: number): Fence | undefined {
  const char = text[start];
  if (start >= end || (char !== '`' && char !== '~')) return undefined;
  let at = start;
  while (at < end && text[at] === char) at++;
  if (at - start < 3) return undefined;
  const tick = text.indexOf('`', at);
  return {
    char,
    length: at - start,
    indent: Math.min(indent, 3),
    bare: trimEnd(text, at, end) === at,
    ticked: tick >= 0 && tick < end,
  };
}

/** Length of `>`, `-`, `12.` and the like at an offset, 0 where there is none. */
function markerAt(text: string, at: number, end: number): number {
  const char = text[at];
  if (at >= end || char === undefined) return 0;
  if (char === '>') return 1;
  let length = 1;
  if (char >= '0' && char <= '9') {
    while (length < 10 && (text[at + length] ?? '') >= '0' && (text[at + length] ?? '') <= '9') length++;
    if (text[at + length] !== '.' && text[at + length] !== ')') return 0;
    length++;
  } else if (char !== '-' && char !== '*' && char !== '+') {
    return 0;
  }
  const after = text[at + length];
  return at + length >= end || after === ' ' || after === '\t' ? length : 0;
}
