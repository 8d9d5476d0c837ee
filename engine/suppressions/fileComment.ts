import { ts } from '../ts.ts';
import { lineEnd, nextLine, type SuppressionSource } from './source.ts';

/** Comments that must stay first, or that people expect there: licences, and settings of tools for the file. */
const HEADER =
  /copyright|licen[cs]e|spdx-|@(?:jest|vitest|flow|format|prettier|preserve|fileoverview|file)\b|yaml-language-server|-\*-|vim:/i;

/** Where the first comment can stand: behind a shebang, and behind the parser directives of a Dockerfile. */
export function firstCommentOffset({ text, language }: SuppressionSource): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (language === 'dockerfile') return behindLines(text, start, /^\s*#\s*[A-Za-z][\w-]*\s*=\s*\S+\s*$/);
  return behindShebang(text, start);
}

/** Where the comment for a whole file goes: behind what must come first in the format, and behind a licence header. */
export function fileCommentOffset(source: SuppressionSource): number {
  const { text, language } = source;
  const start = firstCommentOffset(source);
  switch (language) {
    case 'source':
      return behindPrologue(source, behindHeader(text, start, '//'));
    case 'dockerfile':
    case 'dotenv':
    case 'ignore':
    case 'shell':
    case 'makefile':
      return behindHeader(text, start, '#');
    case 'yaml':
      return behindHeader(text, behindLines(text, start, /^%/), '#');
    case 'html':
      return behindLines(text, start, /^\s*<!doctype[^>]*>\s*$/i);
    case 'markdown':
      return behindFrontMatter(text, start);
    default:
      return behindHeader(text, start, '//');
  }
}

function behindShebang(text: string, start: number): number {
  return text.startsWith('#!', start) ? (nextLine(text, start) ?? text.length) : start;
}

/** Behind the lines that match, as far as they follow each other. */
function behindLines(text: string, start: number, pattern: RegExp): number {
  let at = start;
  while (at < text.length && pattern.test(text.slice(at, Math.min(lineEnd(text, at), at + 500)))) {
    at = nextLine(text, at) ?? text.length;
  }
  return at;
}

/** Behind the first comments if they are a header: by their words, or because a blank line sets them apart. */
function behindHeader(text: string, start: number, line: '//' | '#'): number {
  let at = start;
  for (;;) {
    const end = commentGroupEnd(text, at, line);
    if (end === undefined || text.slice(end, lineEnd(text, end)).trim() !== '') return at;
    const next = nextLine(text, end) ?? text.length;
    const apart = next < text.length && text.slice(next, lineEnd(text, next)).trim() === '';
    if (!apart && !HEADER.test(text.slice(at, end))) return at;
    at = next;
  }
}

/** End of the block comment, or of the run of line comments, that begins on this line. */
function commentGroupEnd(text: string, start: number, line: '//' | '#'): number | undefined {
  if (line === '//' && text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? undefined : close + 2;
  }
  let end: number | undefined;
  for (let at: number | undefined = start; at !== undefined && text.startsWith(line, at); at = nextLine(text, at)) {
    end = lineEnd(text, at);
  }
  return end;
}

/** Behind `'use strict'` and its like, which count only before all other statements. */
function behindPrologue({ text, file }: SuppressionSource, start: number): number {
  let end: number | undefined;
  for (const statement of file?.statements ?? []) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    end = statement.end;
  }
  return end === undefined || end < start ? start : (nextLine(text, end) ?? text.length);
}

function behindFrontMatter(text: string, start: number): number {
  if (text.slice(start, lineEnd(text, start)).trimEnd() !== '---') return start;
  for (let at = nextLine(text, start); at !== undefined; at = nextLine(text, at)) {
    if (text.slice(at, lineEnd(text, at)).trimEnd() === '---') return nextLine(text, at) ?? text.length;
  }
  return start;
}
