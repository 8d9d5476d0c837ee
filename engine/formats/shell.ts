import type { Span } from '../api/finding.ts';
import { MAX_DEPTH, MAX_NODES, ProblemList } from './limits.ts';
import { lineAt, skipBlanks, trimEnd } from './lines.ts';
import type { ShellLine } from './scriptTypes.ts';
import type { FormatAdapter, ShellDocument } from './types.ts';

/** Heredocs whose end is not there that are looked for: each look reads the rest of the text. */
const MAX_OPEN_HEREDOCS = 20;

/** The name of a heredoc, with the quotes or the backslash that keep its body from being expanded. */
const HEREDOC = /<<(-?)[ \t]*\\?(["']?)([A-Za-z_][\w.-]{0,200})\2/y;

/**
 * Cuts a script into the lines that a shell reads as one. Commands, blocks and operators are for the reader: all that is
 * known afterwards is what is code, comment, text in quotes and text of a heredoc. Linear in the length of the text.
 */
class ShellReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly comments: Span[] = [];
  readonly lines: ShellLine[] = [];
  #openHeredocs = 0;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  read(start: number): void {
    const text = this.#text;
    for (let at = skipBlanks(text, start, text.length); at < text.length; at = skipBlanks(text, at, text.length)) {
      if (this.lines.length >= MAX_NODES) {
        this.#problems.add(at, text.length, 'The document is too large; what follows was not read.');
        return;
      }
      at = this.#line(at);
    }
  }

  /** Reads one line and answers where it ends. */
  #line(start: number): number {
    const text = this.#text;
    const waiting: { readonly name: string; readonly isIndented: boolean }[] = [];
    let end: number | undefined;
    let at = start;
    while (at < text.length) {
      const code = text[at];
      if (code === '\n') break;
      if (code === '#' && beginsWord(text, at, start)) {
        end = at;
        const line = lineAt(text, at);
        at = line?.end ?? text.length;
        this.comments.push({ start: end, end: at });
        break;
      }
      if (code === '\\') at = this.#behindEscape(at);
      else if (code === "'") at = this.#behindText(at, text[at - 1] === '$');
      else if (code === '"') at = this.#behindQuotes(at);
      else if (code === '<' && text[at + 1] === '<') {
        if (text[at + 2] === '<') at += 3;
        else {
          HEREDOC.lastIndex = at;
          const match = HEREDOC.exec(text);
          if (match !== null) waiting.push({ name: match[3] ?? '', isIndented: match[1] === '-' });
          at += match?.[0].length ?? 2;
        }
      } else at++;
    }
    const heredocs = this.#heredocs(at, waiting);
    const last = heredocs.at(-1);
    const behind = last === undefined ? at : (lineAt(text, last.end)?.end ?? last.end);
    const stop = trimEnd(text, start, last === undefined ? (end ?? at) : behind);
    if (stop > start) this.lines.push({ span: { start, end: stop }, heredocs });
    return behind;
  }

  #behindEscape(at: number): number {
    const isBreak = this.#text[at + 1] === '\r' && this.#text[at + 2] === '\n';
    return Math.min(at + (isBreak ? 3 : 2), this.#text.length);
  }

  /** Behind `'…'`, or `$'…'` with escapes. */
  #behindText(start: number, hasEscapes: boolean): number {
    const text = this.#text;
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === "'") return at + 1;
      if (hasEscapes && text[at] === '\\') at++;
    }
    return this.#unclosed(start);
  }

  /** Behind `"…"`, whose substitutions may hold quotes of their own. */
  #behindQuotes(start: number): number {
    const text = this.#text;
    const open: ('"' | '(')[] = ['"'];
    let at = start + 1;
    while (at < text.length && open.length > 0) {
      const code = text[at];
      const isText = open.at(-1) === '"';
      if (code === '\\') at++;
      else if (isText && code === '"') open.pop();
      else if (isText && code === '$' && text[at + 1] === '(') {
        open.push('(');
        at++;
      } else if (!isText && code === '(') open.push('(');
      else if (!isText && code === ')') open.pop();
      else if (!isText && code === '"') open.push('"');
      else if (!isText && code === "'") at = this.#behindText(at, false) - 1;
      if (open.length > MAX_DEPTH) return this.#unclosed(start);
      at++;
    }
    return open.length > 0 ? this.#unclosed(start) : Math.min(at, text.length);
  }

  #unclosed(start: number): number {
    this.#problems.add(start, this.#text.length, 'These quotes are never closed.');
    return this.#text.length;
  }

  /** Bodies of heredocs that begin behind the line; one whose end is missing is none. */
  #heredocs(lineBreak: number, waiting: readonly { readonly name: string; readonly isIndented: boolean }[]): Span[] {
    const text = this.#text;
    const found: Span[] = [];
    let from = lineBreak + 1;
    for (const { name, isIndented } of waiting) {
      if (this.#openHeredocs >= MAX_OPEN_HEREDOCS) return found;
      let body: Span | undefined;
      for (let line = lineAt(text, from); line !== undefined; line = lineAt(text, line.next)) {
        const start = isIndented ? skipTabs(text, line.start) : line.start;
        if (line.end - start !== name.length || !text.startsWith(name, start)) continue;
        body = { start: from, end: line.start };
        found.push(body);
        from = line.next;
        break;
      }
      if (body === undefined) {
        this.#openHeredocs++;
        this.#problems.add(lineBreak, lineBreak, `The end of the text is missing: ${name}.`);
      }
    }
    return found;
  }
}

function skipTabs(text: string, start: number): number {
  let at = start;
  while (text[at] === '\t') at++;
  return at;
}

/** Whether a word begins here: `#` elsewhere is a part of one, as in `$#` and `a#b`. */
function beginsWord(text: string, at: number, start: number): boolean {
  return at === start || /[\s;|&()]/.test(text[at - 1] ?? '');
}

function parse(text: string): ShellDocument {
  const problems = new ProblemList(text.length);
  const reader = new ShellReader(text, problems);
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const first = text.startsWith('#!', start) ? lineAt(text, start) : undefined;
  reader.read(first?.next ?? start);
  return {
    language: 'shell',
    text,
    problems: problems.items,
    comments: reader.comments,
    interpreter: first === undefined ? '' : text.slice(start + 2, Math.min(first.end, start + 200)).trim(),
    lines: reader.lines,
  };
}

/** The adapter for scripts of sh and bash. */
export const shell: FormatAdapter = { language: 'shell', parse };
