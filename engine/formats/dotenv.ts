import type { Span } from '../api/finding.ts';
import { MAX_NODES, ProblemList } from './limits.ts';
import { lineAt, trimEnd } from './lines.ts';
import type { DotenvDocument, DotenvEntry, FormatAdapter } from './types.ts';

const KEY = /^[\w.-]+$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A value and where the line behind it goes on. */
interface Value {
  readonly value: string;
  readonly span: Span;
  readonly end: number;
}

/** Reads `KEY=value` lines by the rules of the `dotenv` package: quotes of three kinds, values over several lines. */
class DotenvReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly comments: Span[] = [];
  readonly entries: DotenvEntry[] = [];
  /** From where on a quote is known not to be closed, so that it is searched for once. */
  readonly #unclosed = new Map<string, number>();

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  read(): void {
    let at = this.#text.charCodeAt(0) === 0xfeff ? 1 : 0;
    for (let line = lineAt(this.#text, at); line !== undefined; line = lineAt(this.#text, at)) {
      const start = this.#skip(line.start, line.end);
      at = line.next;
      if (start === line.end) continue;
      if (this.#text[start] === '#') {
        this.comments.push({ start, end: trimEnd(this.#text, start, line.end) });
        continue;
      }
      if (this.entries.length >= MAX_NODES) {
        this.#problems.add(start, this.#text.length, 'The document is too large; what follows was not read.');
        return;
      }
      at = this.#entry(start, line.end, line.next);
    }
  }

  /** Reads one entry; answers where the next line begins. */
  #entry(start: number, end: number, next: number): number {
    const exported = this.#text.startsWith('export', start) ? this.#skip(start + 6, end) : start;
    const keyStart = exported > start + 6 ? exported : start;
    let keyEnd = keyStart;
    while (keyEnd < end && !'=: \t'.includes(this.#text[keyEnd] ?? '')) keyEnd++;
    const assign = this.#skip(keyEnd, end);
    const key = this.#text.slice(keyStart, keyEnd);
    const colon = this.#text[assign] === ':' && (assign + 1 === end || ' \t'.includes(this.#text[assign + 1] ?? ''));
    if (assign >= end || keyEnd - keyStart > 1000 || !KEY.test(key) || !(this.#text[assign] === '=' || colon)) {
      this.#problems.add(start, trimEnd(this.#text, start, end), 'This line is not of the form KEY=value.');
      return next;
    }
    const value = this.#value(this.#skip(assign + 1, end), end);
    const rest = lineAt(this.#text, value.end) ?? { end: this.#text.length, next: this.#text.length };
    const behind = this.#skip(value.end, rest.end);
    if (this.#text[behind] === '#') this.comments.push({ start: behind, end: trimEnd(this.#text, behind, rest.end) });
    else if (behind < rest.end)
      this.#problems.add(behind, rest.end, 'What stands behind the closing quote is ignored.');
    this.entries.push({
      span: { start, end: Math.max(value.end, assign + 1) },
      key,
      keySpan: { start: keyStart, end: keyEnd },
      value: value.value,
      valueSpan: value.span,
    });
    return rest.next;
  }

  #value(start: number, end: number): Value {
    const quote = this.#text[start] ?? '';
    if (start < end && (quote === '"' || quote === "'" || quote === '`')) {
      const close = this.#closing(quote, start + 1);
      if (close !== undefined) {
        const raw = this.#text.slice(start + 1, close);
        const value = quote === '"' ? raw.replace(/\\([nrt"\\])/g, (_, char: string) => ESCAPES[char] ?? char) : raw;
        return { value, span: { start: start + 1, end: close }, end: close + 1 };
      }
      this.#problems.add(start, end, 'This quote is never closed.');
    }
    let hash = start;
    while (hash < end && this.#text[hash] !== '#') hash++;
    const valueEnd = trimEnd(this.#text, start, hash);
    return { value: this.#text.slice(start, valueEnd), span: { start, end: valueEnd }, end: valueEnd };
  }

  /** The quote that closes one opened before `from`; backslashes escape it in all three kinds. */
  #closing(quote: string, from: number): number | undefined {
    if (from >= (this.#unclosed.get(quote) ?? Number.POSITIVE_INFINITY)) return undefined;
    for (let at = this.#text.indexOf(quote, from); at >= 0; at = this.#text.indexOf(quote, at + 1)) {
      let escapes = 0;
      while (at - escapes > from && this.#text[at - escapes - 1] === '\\') escapes++;
      if (escapes % 2 === 0) return at;
    }
    this.#unclosed.set(quote, from);
    return undefined;
  }

  #skip(start: number, end: number): number {
    let at = start;
    while (at < end && (this.#text[at] === ' ' || this.#text[at] === '\t')) at++;
    return at;
  }
}

function parse(text: string): DotenvDocument {
  const problems = new ProblemList(text.length);
  const reader = new DotenvReader(text, problems);
  reader.read();
  return { language: 'dotenv', text, problems: problems.items, comments: reader.comments, entries: reader.entries };
}

/** `.env` files. */
export const dotenv: FormatAdapter = { language: 'dotenv', parse };
