import type { Span } from '../api/finding.ts';
import { spanInArgument } from './dockerArgument.ts';
import { flagsOf, heredocNames } from './dockerWords.ts';
import { MAX_NODES, ProblemList } from './limits.ts';
import { lineAt, skipBlanks, type TextLine, trimEnd } from './lines.ts';
import type { DockerArgumentPart, DockerDocument, DockerHeredoc, DockerInstruction, FormatAdapter } from './types.ts';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
/** Instructions that may be followed by heredocs, directly or behind ONBUILD. */
const WITH_HEREDOC = new Set(['ADD', 'COPY', 'RUN']);
/** Instructions that take a JSON array in place of text. */
const WITH_EXEC = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME']);

/** Some lines joined to one, and where its parts come from. */
interface LogicalLine {
  readonly text: string;
  readonly parts: readonly DockerArgumentPart[];
  readonly next: number;
}

/**
 * Reads a Dockerfile line by line as BuildKit does: parser directives, comments, continued lines, heredocs. Every line is
 * looked at once, so the time is linear whatever the text.
 */
class DockerfileReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  readonly comments: Span[] = [];
  readonly instructions: DockerInstruction[] = [];
  #escape = '\\';
  #stage = -1;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  read(): void {
    let at = this.#directives(this.#text.charCodeAt(0) === 0xfeff ? 1 : 0);
    for (let line = lineAt(this.#text, at); line !== undefined; line = lineAt(this.#text, at)) {
      const start = skipBlanks(this.#text, line.start, line.end);
      if (start === line.end || this.#comment(start, line)) {
        at = line.next;
        continue;
      }
      if (this.instructions.length >= MAX_NODES) {
        this.#problems.add(start, this.#text.length, 'The document is too large; what follows was not read.');
        return;
      }
      at = this.#instruction(start, line);
    }
  }

  /** `# escape=\`` and the like, at the very top only; answers where they end. */
  #directives(start: number): number {
    let at = start;
    for (let line = lineAt(this.#text, at); line !== undefined; line = lineAt(this.#text, at)) {
      // A directive is short; the cut keeps the expression from reading a hostile line.
      const match = /^\s*#\s*([A-Za-z][\w-]*)\s*=\s*(\S+)\s*$/.exec(
        this.#text.slice(line.start, line.end).slice(0, 500),
      );
      if (match === null) return at;
      if (match[1]?.toLowerCase() === 'escape') {
        const value = match[2] ?? '';
        if (value === '\\' || value === '`') this.#escape = value;
        else this.#problems.add(line.start, line.end, 'The escape directive takes \\ or ` only.');
      }
      at = line.next;
    }
    return at;
  }

  #comment(start: number, line: TextLine): boolean {
    if (this.#text.charCodeAt(start) !== 35) return false;
    this.comments.push({ start, end: line.end });
    return true;
  }

  #instruction(start: number, first: TextLine): number {
    const line = this.#join(start, first);
    const { text, parts } = line;
    if (text === '') return line.next;
    const at = (from: number, to: number): Span => spanInArgument({ argumentParts: parts }, from, to);
    let keywordEnd = 0;
    while (keywordEnd < text.length && text[keywordEnd] !== ' ' && text[keywordEnd] !== '\t') keywordEnd++;
    const keyword = text.slice(0, keywordEnd).toUpperCase();
    const keywordSpan = at(0, keywordEnd);
    if (!KEYWORDS.has(keyword)) {
      const shown = keyword.slice(0, 30);
      this.#problems.add(keywordSpan.start, keywordSpan.end, `${shown} is not an instruction that Docker knows.`);
    }
    const { flags, end: flagsEnd } = flagsOf(text, keywordEnd, this.#escape);
    const from = skipBlanks(text, flagsEnd, text.length);
    const argument = text.slice(from);
    const { heredocs, next } = this.#heredocs(keyword, argument, line.next);
    const exec = execForm(keyword, argument);
    if (keyword === 'FROM') this.#stage++;
    const body = heredocs.at(-1)?.span.end;
    const end = body === undefined ? at(0, text.length).end : Math.max(body, trimEnd(this.#text, start, next));
    this.instructions.push({
      span: { start, end },
      keyword,
      keywordSpan,
      argument,
      argumentSpan: at(from, text.length),
      argumentParts: cutParts(parts, from),
      flags: flags.map((flag) => ({ name: flag.name, value: flag.value, span: at(flag.start, flag.end) })),
      ...(exec === undefined ? {} : { exec }),
      heredocs,
      stage: this.#stage,
    });
    return next;
  }

  /** Joins a line with those it continues on. Blank and comment lines between them do not end the instruction. */
  #join(start: number, first: TextLine): LogicalLine {
    const pieces: string[] = [];
    const parts: DockerArgumentPart[] = [];
    let length = 0;
    let spaced = false;
    let line: TextLine | undefined = first;
    let from = start;
    let next = first.next;
    while (line !== undefined) {
      next = line.next;
      const end = trimEnd(this.#text, from, line.end);
      const continued = this.#continues(from, end);
      const pieceEnd = continued ? trimEnd(this.#text, from, end - 1) : end;
      if (pieceEnd > from) {
        if (length > 0 && spaced) {
          pieces.push(' ');
          length++;
        }
        parts.push({ at: length, offset: from });
        pieces.push(this.#text.slice(from, pieceEnd));
        length += pieceEnd - from;
        spaced = false;
      }
      if (!continued) break;
      if (pieceEnd < end - 1) spaced = true;
      line = this.#continuation(line.next);
      if (line === undefined) break;
      from = skipBlanks(this.#text, line.start, line.end);
      if (from > line.start) spaced = true;
    }
    return { text: pieces.join(''), parts, next };
  }

  /** The next line that belongs to a continued instruction. */
  #continuation(at: number): TextLine | undefined {
    let line = lineAt(this.#text, at);
    while (line !== undefined) {
      const start = skipBlanks(this.#text, line.start, line.end);
      if (start < line.end && !this.#comment(start, line)) return line;
      line = lineAt(this.#text, line.next);
    }
    return undefined;
  }

  /** An escape character at the end of a line continues it, unless it is itself escaped. */
  #continues(start: number, end: number): boolean {
    if (end <= start || this.#text[end - 1] !== this.#escape) return false;
    return end - 1 === start || this.#text[end - 2] !== this.#escape;
  }

  #heredocs(keyword: string, argument: string, start: number) {
    const target = keyword === 'ONBUILD' ? argument.slice(0, argument.search(/[ \t]|$/)).toUpperCase() : keyword;
    const heredocs: DockerHeredoc[] = [];
    let at = start;
    if (!WITH_HEREDOC.has(target) || !argument.includes('<<')) return { heredocs, next: at };
    for (const { name, tabs } of heredocNames(argument, this.#escape)) {
      const body = at;
      let end: number | undefined;
      for (let line = lineAt(this.#text, at); line !== undefined; line = lineAt(this.#text, at)) {
        at = line.next;
        let from = line.start;
        while (tabs && this.#text.charCodeAt(from) === 9) from++;
        // The lengths are compared first: slicing every line would copy a large body twice.
        if (line.end - from === name.length && this.#text.startsWith(name, from)) {
          end = line.start;
          break;
        }
      }
      if (end === undefined)
        this.#problems.add(start, at, `The heredoc is never closed; a line with ${name} is missing.`);
      const span = { start: body, end: end ?? at };
      heredocs.push({ name, body: this.#text.slice(span.start, span.end), span });
    }
    return { heredocs, next: at };
  }
}

/** The parts of the text from an index on, moved to it. */
function cutParts(parts: readonly DockerArgumentPart[], from: number): readonly DockerArgumentPart[] {
  const first = parts.findLastIndex((part) => part.at <= from);
  return parts.slice(Math.max(first, 0)).map((part) => {
    const into = Math.max(from - part.at, 0);
    return { at: Math.max(part.at - from, 0), offset: part.offset + into };
  });
}

function execForm(keyword: string, argument: string): readonly string[] | undefined {
  const array = keyword === 'HEALTHCHECK' ? /^CMD[ \t]+(\[.*)$/is.exec(argument)?.[1] : argument;
  if (array === undefined || !array.startsWith('[') || !(WITH_EXEC.has(keyword) || keyword === 'HEALTHCHECK')) {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(array);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    // Docker reads what is not JSON as a shell command.
    return undefined;
  }
}

function parse(text: string): DockerDocument {
  const problems = new ProblemList(text.length);
  const reader = new DockerfileReader(text, problems);
  reader.read();
  return {
    language: 'dockerfile',
    text,
    problems: problems.items,
    comments: reader.comments,
    instructions: reader.instructions,
  };
}

/** Dockerfiles and Containerfiles. */
export const dockerfile: FormatAdapter = { language: 'dockerfile', parse };
