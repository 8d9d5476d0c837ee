import { createScanner } from 'jsonc-parser';
import type { Span } from '../api/finding.ts';
import { MAX_DEPTH, MAX_NODES, ProblemList } from './limits.ts';
import type { DataDocument, DataNode, FormatAdapter } from './types.ts';

/** The scanner's token kinds: the package has them as a `const enum`, which isolated modules cannot read. */
const Token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

type Building<T> = { -readonly [K in keyof T]: T[K] };
interface OpenEntry {
  span: Building<Span>;
  key: string;
  keySpan: Span;
  value: DataNode | undefined;
}
interface OpenObject {
  kind: 'object';
  span: Building<Span>;
  entries: OpenEntry[];
}
interface OpenArray {
  kind: 'array';
  span: Building<Span>;
  items: DataNode[];
}
type Open = OpenObject | OpenArray;

/** What the innermost open container waits for. */
type Expected = 'key' | 'colon' | 'value' | 'comma';

const SCAN_ERRORS: Readonly<Record<number, string>> = {
  1: 'This comment is never closed.',
  2: 'This string is never closed.',
  3: 'This number is cut short.',
  4: 'This \\u escape needs four hexadecimal digits.',
  5: 'JSON does not know this escape.',
  6: 'Control characters must be written as escapes.',
};

/**
 * Builds the tree from scanner tokens without recursion, so that nesting cannot exhaust the stack, and goes on after
 * mistakes. Comments and trailing commas are taken as they come: which files may have them is not a matter of syntax here.
 */
class TreeBuilder {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly #stack: Open[] = [];
  readonly #states: Expected[] = [];
  #root: DataNode | undefined;
  #nodes = 0;
  /** Open containers below the depth limit, which are skipped. */
  #skipped = 0;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  /** Takes one token that is not trivia; `false` when the document is too large to go on. */
  token(kind: number, start: number, end: number, value: string): boolean {
    if (this.#skipped > 0) {
      if (kind === Token.openBrace || kind === Token.openBracket) this.#skipped++;
      else if (kind === Token.closeBrace || kind === Token.closeBracket) this.#skipped--;
      return true;
    }
    switch (kind) {
      case Token.openBrace:
        return this.#open({ kind: 'object', span: { start, end }, entries: [] }, 'key');
      case Token.openBracket:
        return this.#open({ kind: 'array', span: { start, end }, items: [] }, 'value');
      case Token.closeBrace:
        this.#close('object', start, end);
        return true;
      case Token.closeBracket:
        this.#close('array', start, end);
        return true;
      case Token.comma:
        this.#comma(start, end);
        return true;
      case Token.colon:
        this.#colon(start, end);
        return true;
      default:
        return this.#scalar(kind, start, end, value);
    }
  }

  finish(end: number): DataNode | undefined {
    const top = this.#stack.at(-1);
    if (top !== undefined) {
      this.#problems.add(
        top.span.start,
        top.span.start + 1,
        `This ${top.kind} is never closed; add ${top.kind === 'object' ? '}' : ']'}.`,
      );
    }
    while (this.#stack.length > 0) this.#pop(end);
    return this.#root;
  }

  #expected(): Expected | undefined {
    return this.#states.at(-1);
  }

  #expect(next: Expected): void {
    this.#states[this.#states.length - 1] = next;
  }

  #open(node: Open, expected: Expected): boolean {
    if (!this.#place(node)) {
      this.#skipped = 1;
      return true;
    }
    if (this.#stack.length >= MAX_DEPTH) {
      this.#problems.add(
        node.span.start,
        node.span.end,
        `Nested more than ${MAX_DEPTH} levels deep; not read further.`,
      );
      this.#skipped = 1;
      return true;
    }
    this.#stack.push(node);
    this.#states.push(expected);
    return ++this.#nodes <= MAX_NODES;
  }

  #scalar(kind: number, start: number, end: number, value: string): boolean {
    const top = this.#stack.at(-1);
    if (top?.kind === 'object' && this.#expected() === 'comma' && kind === Token.string) {
      this.#problems.add(start, end, 'A comma is missing before this property.');
      this.#expect('key');
    }
    if (top?.kind === 'object' && this.#expected() === 'key') {
      if (kind !== Token.string) this.#problems.add(start, end, 'A property name must be a string in double quotes.');
      const key = kind === Token.string ? value : this.#text.slice(start, end).replace(/^'|'$/g, '');
      top.entries.push({ span: { start, end }, key, keySpan: { start, end }, value: undefined });
      this.#expect('colon');
      return ++this.#nodes <= MAX_NODES;
    }
    const read = this.#read(kind, value);
    if (read === undefined) this.#problems.add(start, end, 'This is not a JSON value.');
    else this.#place({ kind: 'scalar', span: { start, end }, value: read.value });
    return ++this.#nodes <= MAX_NODES;
  }

  #read(kind: number, value: string): { readonly value: string | number | boolean | null } | undefined {
    switch (kind) {
      case Token.string:
        return { value };
      case Token.number:
        return { value: Number(value) };
      case Token.true:
        return { value: true };
      case Token.false:
        return { value: false };
      case Token.null:
        return { value: null };
      default:
        return undefined;
    }
  }

  /** Puts a value where one is expected; `false` when there is no place for it. */
  #place(node: DataNode): boolean {
    const { start, end } = node.span;
    const top = this.#stack.at(-1);
    if (top === undefined) {
      if (this.#root !== undefined) {
        this.#problems.add(start, end, 'Only one value may stand at the top of a JSON document.');
        return false;
      }
      this.#root = node;
      return true;
    }
    if (top.kind === 'array') {
      if (this.#expected() === 'comma') this.#problems.add(start, end, 'A comma is missing before this item.');
      top.items.push(node);
      this.#expect('comma');
      return true;
    }
    const entry = top.entries.at(-1);
    const expected = this.#expected();
    if (entry === undefined || expected === 'key') {
      this.#problems.add(start, end, 'A property name is missing before this value.');
      return node.kind !== 'scalar' ? this.#adopt(top, node) : false;
    }
    if (expected === 'comma') {
      this.#problems.add(start, end, 'A comma and a property name are missing before this value.');
      return node.kind !== 'scalar' ? this.#adopt(top, node) : false;
    }
    if (expected === 'colon') this.#problems.add(start, end, 'A colon is missing before this value.');
    entry.value = node;
    entry.span.end = end;
    this.#expect('comma');
    return true;
  }

  /** Keeps a container that lacks its property name, so that its brackets still pair up. */
  #adopt(top: OpenObject, node: DataNode): boolean {
    const at = { start: node.span.start, end: node.span.start };
    top.entries.push({ span: { start: at.start, end: node.span.end }, key: '', keySpan: at, value: node });
    this.#expect('comma');
    return true;
  }

  #comma(start: number, end: number): void {
    const expected = this.#expected();
    const top = this.#stack.at(-1);
    if (top === undefined || expected === 'key' || (expected === 'value' && top.kind === 'array')) {
      this.#problems.add(start, end, 'There is nothing before this comma.');
      return;
    }
    if (expected !== 'comma') this.#problems.add(start, end, 'A value is missing before this comma.');
    this.#expect(top.kind === 'object' ? 'key' : 'value');
  }

  #colon(start: number, end: number): void {
    const top = this.#stack.at(-1);
    const expected = this.#expected();
    if (top?.kind === 'object' && expected === 'colon') {
      const entry = top.entries.at(-1);
      if (entry !== undefined) entry.span.end = end;
      this.#expect('value');
      return;
    }
    this.#problems.add(start, end, 'A colon is not expected here.');
    // `{"a":⏎ "b": 1}` while "a" still waits for its value: what was taken for the value is the next property's name.
    const entry = top?.kind === 'object' ? top.entries.at(-1) : undefined;
    if (top?.kind !== 'object' || expected !== 'comma' || entry?.value?.kind !== 'scalar') return;
    const { value, span } = entry.value;
    if (typeof value !== 'string') return;
    entry.value = undefined;
    entry.span.end = entry.keySpan.end;
    top.entries.push({ span: { start: span.start, end }, key: value, keySpan: span, value: undefined });
    this.#expect('value');
  }

  #close(kind: Open['kind'], start: number, end: number): void {
    let index = this.#stack.length - 1;
    while (index >= 0 && this.#stack[index]?.kind !== kind) index--;
    if (index < 0) {
      this.#problems.add(start, end, 'Nothing is open that this bracket could close.');
      return;
    }
    while (this.#stack.length - 1 > index) {
      this.#problems.add(
        start,
        end,
        `${this.#stack.at(-1)?.kind === 'object' ? '}' : ']'} is missing before this bracket.`,
      );
      this.#pop(start);
    }
    if (this.#expected() === 'colon' || (kind === 'object' && this.#expected() === 'value')) {
      this.#problems.add(start, end, 'A value is missing before this bracket.');
    }
    this.#pop(end);
  }

  #pop(end: number): void {
    const node = this.#stack.pop();
    this.#states.pop();
    if (node === undefined) return;
    node.span.end = end;
    const parent = this.#stack.at(-1);
    const entry = parent?.kind === 'object' ? parent.entries.at(-1) : undefined;
    if (entry?.value === node) entry.span.end = end;
  }
}

function parse(text: string): DataDocument {
  const problems = new ProblemList(text.length);
  const comments: Span[] = [];
  const scanner = createScanner(text);
  if (text.charCodeAt(0) === 0xfeff) scanner.setPosition(1);
  const tree = new TreeBuilder(text, problems);
  let end = text.length;
  for (let kind: number = scanner.scan(); kind !== Token.end; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    // The scanner may point past the end when a comment is not closed.
    const tokenEnd = Math.min(start + scanner.getTokenLength(), text.length);
    const error = SCAN_ERRORS[scanner.getTokenError()];
    if (error !== undefined) problems.add(start, tokenEnd, error);
    if (kind === Token.lineComment || kind === Token.blockComment) {
      comments.push({ start, end: tokenEnd });
      continue;
    }
    if (kind === Token.space || kind === Token.lineBreak) continue;
    if (!tree.token(kind, start, tokenEnd, scanner.getTokenValue())) {
      problems.add(start, tokenEnd, 'The document is too large; what follows was not read.');
      end = tokenEnd;
      break;
    }
  }
  const root = tree.finish(end);
  return { language: 'json', text, problems: problems.items, comments, roots: root === undefined ? [] : [root] };
}

/** JSON with comments and trailing commas. */
export const json: FormatAdapter = { language: 'json', parse };
