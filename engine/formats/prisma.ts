import type { Span } from '../api/finding.ts';
import { MAX_NODES, ProblemList } from './limits.ts';
import type { FormatAdapter, PrismaAttribute, PrismaBlock, PrismaDocument, PrismaField } from './types.ts';

const KEYWORDS: ReadonlySet<string> = new Set(['model', 'enum', 'datasource', 'generator', 'type', 'view']);
/** Blocks whose lines are `key = value`. */
const SETTINGS: ReadonlySet<string> = new Set(['datasource', 'generator']);
const WORD = /[\w.\-\u0080-\uffff]/;

/** Reads a Prisma schema character by character, once; a line it does not understand becomes a problem and is skipped. */
class PrismaReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly comments: Span[] = [];
  readonly blocks: PrismaBlock[] = [];
  #at: number;
  #nodes = 0;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  read(): void {
    for (this.#trivia(true); this.#at < this.#text.length; this.#trivia(true)) {
      if (++this.#nodes > MAX_NODES) {
        this.#problems.add(this.#at, this.#text.length, 'The document is too large; what follows was not read.');
        return;
      }
      const start = this.#at;
      const keyword = this.#word();
      this.#trivia(false);
      const nameSpan = this.#wordSpan();
      this.#trivia(false);
      if (keyword === '' || nameSpan.end === nameSpan.start || this.#text[this.#at] !== '{') {
        this.#skipLine(start, 'This is not the beginning of a model, enum, type, view, datasource or generator.');
        continue;
      }
      this.#at++;
      this.#block(start, keyword, nameSpan);
    }
  }

  #block(start: number, keyword: string, nameSpan: Span): void {
    const fields: PrismaField[] = [];
    const attributes: PrismaAttribute[] = [];
    let closed = false;
    for (this.#trivia(true); this.#at < this.#text.length; this.#trivia(true)) {
      if (this.#text[this.#at] === '}') {
        this.#at++;
        closed = true;
        break;
      }
      if (++this.#nodes > MAX_NODES) break;
      if (this.#text.startsWith('@@', this.#at)) {
        attributes.push(this.#attribute(2));
        this.#endOfLine();
      } else {
        const field = this.#field(keyword);
        if (field !== undefined) fields.push(field);
      }
    }
    if (!closed) this.#problems.add(start, nameSpan.end, 'This block is never closed; add }.');
    const name = this.#text.slice(nameSpan.start, nameSpan.end);
    if (!isKeyword(keyword)) {
      this.#problems.add(start, start + keyword.length, `Prisma knows no block of the kind "${keyword.slice(0, 30)}".`);
      return;
    }
    this.blocks.push({ span: { start, end: this.#at }, keyword, name, nameSpan, fields, attributes });
  }

  #field(block: string): PrismaField | undefined {
    const nameSpan = this.#wordSpan();
    if (nameSpan.end === nameSpan.start) {
      this.#skipLine(nameSpan.start, 'A field begins with its name.');
      return undefined;
    }
    const name = this.#text.slice(nameSpan.start, nameSpan.end);
    this.#trivia(false);
    let end = nameSpan.end;
    let type = '';
    if (SETTINGS.has(block)) {
      if (this.#text[this.#at] !== '=') {
        this.#skipLine(nameSpan.start, 'A setting is written as key = value.');
        return undefined;
      }
      this.#at++;
      this.#trivia(false);
      const from = this.#at;
      this.#value();
      end = Math.max(this.#at, end);
      type = this.#text.slice(from, this.#at);
    } else if (block !== 'enum' && this.#text[this.#at] !== '@') {
      const from = this.#at;
      this.#type();
      if (this.#at > from) end = this.#at;
      type = this.#text.slice(from, this.#at);
    }
    const attributes: PrismaAttribute[] = [];
    for (this.#trivia(false); this.#text[this.#at] === '@'; this.#trivia(false)) {
      const attribute = this.#attribute(this.#text[this.#at + 1] === '@' ? 2 : 1);
      attributes.push(attribute);
      end = attribute.span.end;
    }
    this.#endOfLine();
    return { span: { start: nameSpan.start, end }, name, nameSpan, type, attributes };
  }

  /** `String?`, `Post[]`, `Unsupported("circle")`. */
  #type(): void {
    this.#wordSpan();
    if (this.#text[this.#at] === '(') this.#brackets();
    while ('?[]!'.includes(this.#text[this.#at] ?? '.')) this.#at++;
  }

  /** A setting's right-hand side: a string, a list, a function call or a word. */
  #value(): void {
    const char = this.#text[this.#at];
    if (char === '"') this.#string();
    else if (char === '[') this.#brackets();
    else this.#wordSpan();
    if (this.#text[this.#at] === '(') this.#brackets();
  }

  #attribute(signs: number): PrismaAttribute {
    const start = this.#at;
    this.#at += signs;
    const name = this.#word();
    let end = this.#at;
    let argument = '';
    if (this.#text[this.#at] === '(') {
      const from = this.#at + 1;
      const closed = this.#brackets();
      end = this.#at;
      argument = this.#text.slice(from, closed ? this.#at - 1 : this.#at).trim();
    }
    return { span: { start, end }, name, argument };
  }

  /** Moves behind the bracket that closes the one here; over lines, strings and comments. */
  #brackets(): boolean {
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? '';
      if (char === '"') {
        this.#string();
        continue;
      }
      if (this.#comment()) continue;
      if (char === '}' || char === '{') break;
      this.#at++;
      if (char === '(' || char === '[') depth++;
      else if ((char === ')' || char === ']') && --depth === 0) return true;
    }
    this.#problems.add(start, start + 1, 'This bracket is never closed.');
    return false;
  }

  /** Moves behind a string; it ends with its line when it is not closed. */
  #string(): void {
    const start = this.#at++;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === '\n' || char === '\r') break;
      this.#at += char === '\\' ? 2 : 1;
      if (char === '"') return;
    }
    this.#at = Math.min(this.#at, this.#text.length);
    this.#problems.add(start, this.#at, 'This string is never closed.');
  }

  #word(): string {
    const { start, end } = this.#wordSpan();
    return this.#text.slice(start, end);
  }

  #wordSpan(): Span {
    const start = this.#at;
    while (this.#at < this.#text.length && WORD.test(this.#text[this.#at] ?? '')) this.#at++;
    return { start, end: this.#at };
  }

  /** Moves over blanks and comments, and line breaks where they do not matter. */
  #trivia(lines: boolean): void {
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === ' ' || char === '\t' || (lines && (char === '\n' || char === '\r'))) this.#at++;
      else if (!this.#comment()) return;
    }
  }

  #comment(): boolean {
    const block = this.#text.startsWith('/*', this.#at);
    if (!block && !this.#text.startsWith('//', this.#at)) return false;
    const start = this.#at;
    if (block) {
      const close = this.#text.indexOf('*/', start + 2);
      if (close < 0) this.#problems.add(start, start + 2, 'This comment is never closed.');
      this.#at = close < 0 ? this.#text.length : close + 2;
    } else {
      while (this.#at < this.#text.length && !'\r\n'.includes(this.#text[this.#at] ?? '')) this.#at++;
    }
    this.comments.push({ start, end: this.#at });
    return true;
  }

  /** After a field nothing may follow on its line but the end of the block. */
  #endOfLine(): void {
    this.#trivia(false);
    const char = this.#text[this.#at];
    if (char === undefined || char === '\n' || char === '\r' || char === '}') return;
    this.#skipLine(this.#at, 'This does not belong to the field before it.');
  }

  #skipLine(start: number, message: string): void {
    while (this.#at < this.#text.length && !'\r\n'.includes(this.#text[this.#at] ?? '')) this.#at++;
    this.#problems.add(start, this.#at, message);
  }
}

function isKeyword(word: string): word is PrismaBlock['keyword'] {
  return KEYWORDS.has(word);
}

function parse(text: string): PrismaDocument {
  const problems = new ProblemList(text.length);
  const reader = new PrismaReader(text, problems);
  reader.read();
  return { language: 'prisma', text, problems: problems.items, comments: reader.comments, blocks: reader.blocks };
}

/** Prisma schemas. */
export const prisma: FormatAdapter = { language: 'prisma', parse };
