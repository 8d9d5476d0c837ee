import type { Span } from '../api/finding.ts';
import { commentAt } from '../document/commentAt.ts';
import type { DocumentLanguage } from '../formats/languages.ts';
import { blocksOf, coveredEnd } from './blocks.ts';
import { type Directive, KEYWORD, parseDirective } from './directive.ts';
import { lineEnd, lineStart, nextLine, type SuppressionSource } from './source.ts';

/** A suppression comment and the text it covers: findings that begin in it. */
export interface Suppression extends Directive {
  readonly covers: Span;
}

/** The suppression comments of one version of a document. */
export interface Suppressions {
  readonly items: readonly Suppression[];
}

const NONE: Suppressions = { items: [] };

/** Finds the suppression comments of a document. */
export function readSuppressions(source: SuppressionSource): Suppressions {
  const { text } = source;
  if (source.placesOf(KEYWORD).length === 0) return NONE;
  const directives = commentsOf(source).flatMap((comment) => parseDirective(text, comment) ?? []);
  if (directives.length === 0) return NONE;
  const blocks = blocksOf(source);
  return {
    items: directives.map((directive): Suppression => {
      if (directive.kind === 'file') return { ...directive, covers: { start: 0, end: text.length } };
      const line = { start: lineStart(text, directive.comment.start), end: lineEnd(text, directive.comment.start) };
      if (directive.kind === 'line') return { ...directive, covers: line };
      const start = nextLine(text, directive.comment.end);
      // Behind the last line there is nothing to cover.
      if (start === undefined) return { ...directive, covers: { start: text.length + 1, end: text.length + 1 } };
      return { ...directive, covers: { start, end: coveredEnd(text, blocks, behindComments(source, start)) } };
    }),
  };
}

/** Comments that hold the keyword. */
function commentsOf({ text, language, file, document, placesOf }: SuppressionSource): readonly Span[] {
  if (language !== 'source') {
    return (document?.comments ?? []).filter(({ start, end }) => text.slice(start, end).includes(KEYWORD));
  }
  if (file === undefined) return [];
  const comments: Span[] = [];
  for (const at of placesOf(KEYWORD)) {
    const isInside = at < (comments.at(-1)?.end ?? 0);
    const comment = isInside ? undefined : commentAt(file, at);
    if (comment !== undefined) comments.push(comment);
  }
  return comments;
}

/** How a line looks that holds nothing but the beginning of a comment, and what closes the comment. */
const COMMENT_LINES = {
  slashes: { line: /^\/\//, open: /^\{?\/\*/, close: '*/' },
  hashes: { line: /^#/, open: undefined, close: '' },
  markup: { line: undefined, open: /^<!--/, close: '-->' },
} as const;

const STYLES: Readonly<Record<DocumentLanguage, keyof typeof COMMENT_LINES>> = {
  source: 'slashes',
  json: 'slashes',
  prisma: 'slashes',
  yaml: 'hashes',
  dockerfile: 'hashes',
  dotenv: 'hashes',
  ignore: 'hashes',
  shell: 'hashes',
  makefile: 'hashes',
  html: 'markup',
  markdown: 'markup',
};

/** The first line from `start` on that holds more than a comment: comments may be stacked, and documented things have one. */
function behindComments({ text, language }: SuppressionSource, start: number): number {
  const style = COMMENT_LINES[STYLES[language]];
  let at = start;
  for (;;) {
    const line = text.slice(at, lineEnd(text, at)).trim();
    let end = at;
    if (style.open?.test(line)) {
      const closed = text.indexOf(style.close, at);
      if (closed < 0) return at;
      end = closed + style.close.length;
      if (!/^\}?\s*$/.test(text.slice(end, lineEnd(text, end)))) return at;
    } else if (!style.line?.test(line)) {
      return at;
    }
    const next = nextLine(text, end);
    if (next === undefined) return at;
    at = next;
  }
}
