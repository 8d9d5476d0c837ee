import type { Span } from '../api/finding.ts';
import { MAX_NODES, ProblemList } from './limits.ts';
import { lineAt, skipBlanks, type TextLine, trimEnd } from './lines.ts';
import type { MakeInclude, MakeRecipeLine, MakeRule, MakeVariable } from './scriptTypes.ts';
import type { FormatAdapter, MakefileDocument } from './types.ts';

/** Lines longer than this hold nothing that a person wrote; they are passed over. */
const MAX_LINE = 20_000;
const VARIABLE = /^(?:(?:export|override|private)\s+)*([^\s:#=?+!$(){}]+)\s*(::?:?=|\?=|\+=|!=|=)\s*([\s\S]*)$/;
/** `target: NAME = value`, which makes nothing. */
const OF_TARGET = /^\s*(?:(?:export|override|private)\s+)*[\w.-]+\s*(?:[:?+!]|::)?=/;

interface OpenRule extends Omit<MakeRule, 'span' | 'recipe'> {
  readonly start: number;
  end: number;
  readonly recipe: MakeRecipeLine[];
}

/** Reads rules, variables and includes of a Makefile as they are written; nothing is expanded. Linear in the length. */
class MakefileReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly comments: Span[] = [];
  readonly variables: MakeVariable[] = [];
  readonly includes: MakeInclude[] = [];
  readonly blocks: Span[] = [];
  readonly #rules: OpenRule[] = [];
  #rule: OpenRule | undefined;
  #conditions = 0;
  #prefix = '\t';

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  get rules(): readonly MakeRule[] {
    return this.#rules.map(({ start, end, ...rule }) => ({ ...rule, span: { start, end } }));
  }

  read(from: number): void {
    const text = this.#text;
    for (let line = lineAt(text, from); line !== undefined; ) {
      if (this.variables.length + this.#rules.length + this.blocks.length >= MAX_NODES) {
        this.#problems.add(line.start, text.length, 'The document is too large; what follows was not read.');
        return;
      }
      const whole = this.#continued(line);
      line = lineAt(text, this.#line(whole));
    }
    if (this.#conditions > 0) this.#problems.add(text.length, text.length, 'A condition is never ended.');
  }

  /** A line with those in which it goes on. */
  #continued(first: TextLine): TextLine {
    let last = first;
    while (endsOpen(this.#text, last)) {
      const next = lineAt(this.#text, last.next);
      if (next === undefined) break;
      last = next;
    }
    if (last !== first) this.blocks.push({ start: first.start, end: last.end });
    return { start: first.start, end: last.end, next: last.next };
  }

  /** Reads a line and answers where the next one begins. */
  #line({ start, end, next }: TextLine): number {
    const text = this.#text;
    const first = skipBlanks(text, start, end);
    if (first === end) return next;
    const stop = trimEnd(text, first, end);
    if (text[first] === '#') {
      this.comments.push({ start: first, end: stop });
      return next;
    }
    if (text[start] === this.#prefix && this.#rule !== undefined) {
      const from = skipBlanks(text, start + 1, stop);
      if (from < stop) this.#recipeLine({ start: from, end: stop });
      return next;
    }
    if (stop - first > MAX_LINE) {
      this.#problems.add(first, stop, 'This line is too long; it was not read.');
      return next;
    }
    return this.#statement(first, this.#withoutComment(first, stop), next);
  }

  #statement(start: number, end: number, next: number): number {
    const written = this.#text.slice(start, end);
    const plain = written.replace(/\\\r?\n/g, ' ').trimEnd();
    const [word = ''] = /^-?[a-z]+/.exec(plain) ?? [];
    if (/^(?:ifeq|ifneq|ifdef|ifndef)$/.test(word)) this.#conditions++;
    else if (word === 'endif') this.#conditions = Math.max(0, this.#conditions - 1);
    else if (word === 'define' && !VARIABLE.test(plain)) return this.#definition(start, next);
    else if (/^(?:-include|sinclude|include)$/.test(word) && /^\S+\s/.test(plain)) {
      for (const path of plain.split(/\s+/).slice(1)) this.includes.push({ span: { start, end }, path });
    } else if (word !== 'else') this.#variableOrRule(plain, { start, end });
    return next;
  }

  #variableOrRule(plain: string, span: Span): void {
    const [, name, operator, value] = VARIABLE.exec(plain) ?? [];
    const isConditional = this.#conditions > 0;
    if (name !== undefined && operator !== undefined) {
      this.#rule = undefined;
      if (name === '.RECIPEPREFIX') this.#prefix = value?.[0] ?? '\t';
      this.variables.push({ span, name, operator, value: value ?? '', isConditional });
      return;
    }
    const colon = colonOf(plain);
    if (colon < 0) return;
    const behind = plain.slice(colon).replace(/^::?/, '');
    if (OF_TARGET.test(behind)) return;
    const inline = behind.indexOf(';');
    const prerequisites = wordsOf((inline < 0 ? behind : behind.slice(0, inline)).replace('|', ' '));
    const rule = { start: span.start, end: span.end, targets: wordsOf(plain.slice(0, colon).replace(/&$/, '')) };
    this.#rule = { ...rule, prerequisites, recipe: [], isConditional };
    this.#rules.push(this.#rule);
    const at = inline < 0 ? -1 : this.#text.indexOf(';', span.start + colon);
    const from = at < 0 ? span.end : skipBlanks(this.#text, at + 1, span.end);
    if (from < span.end) this.#recipeLine({ start: from, end: span.end });
  }

  #recipeLine(span: Span): void {
    if (this.#rule === undefined) return;
    this.#rule.recipe.push({ span, isConditional: this.#conditions > 0 });
    this.#rule.end = span.end;
  }

  /** `define NAME` to `endef`; answers where the next line begins. */
  #definition(start: number, from: number): number {
    const text = this.#text;
    this.#rule = undefined;
    for (let line = lineAt(text, from); line !== undefined; line = lineAt(text, line.next)) {
      const at = skipBlanks(text, line.start, line.end);
      if (!text.startsWith('endef', at)) continue;
      this.blocks.push({ start, end: line.end });
      return line.next;
    }
    this.#problems.add(start, text.length, 'This definition is never ended.');
    this.blocks.push({ start, end: text.length });
    return text.length;
  }

  /** Where a line ends before the comment behind it. */
  #withoutComment(start: number, end: number): number {
    for (let at = this.#text.indexOf('#', start); at >= 0 && at < end; at = this.#text.indexOf('#', at + 1)) {
      if (this.#text[at - 1] === '\\') continue;
      this.comments.push({ start: at, end });
      return trimEnd(this.#text, start, at);
    }
    return end;
  }
}

/** Whether a line ends with a backslash that no other one takes its meaning from. */
function endsOpen(text: string, { start, end, next }: TextLine): boolean {
  let count = 0;
  while (end - count > start && text[end - 1 - count] === '\\') count++;
  return count % 2 === 1 && next > end;
}

/** The colon between targets and prerequisites; those within `$(…)` are none. */
function colonOf(line: string): number {
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const code = line[at];
    if (code === '(' || code === '{') depth++;
    else if (code === ')' || code === '}') depth--;
    else if (code === ':' && depth <= 0) return /^:{0,2}=/.test(line.slice(at + 1, at + 4)) ? -1 : at;
    else if (code === ';' || code === '=') return -1;
  }
  return -1;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function parse(text: string): MakefileDocument {
  const problems = new ProblemList(text.length);
  const reader = new MakefileReader(text, problems);
  reader.read(text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const { comments, variables, includes, blocks, rules } = reader;
  return { language: 'makefile', text, problems: problems.items, comments, rules, variables, includes, blocks };
}

/** The adapter for Makefiles. */
export const makefile: FormatAdapter = { language: 'makefile', parse };
