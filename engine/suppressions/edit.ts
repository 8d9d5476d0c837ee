import type { Finding, Span, TextEdit } from '../api/finding.ts';
import { nodeAround } from '../document/commentAt.ts';
import { allowsComments } from '../formats/languages.ts';
import { ts } from '../ts.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { KEYWORD, type SuppressionKind } from './directive.ts';
import { fileCommentOffset, firstCommentOffset } from './fileComment.ts';
import { readSuppressions, type Suppression } from './read.ts';
import { indentAt, lineEnd, lineStart, type SuppressionSource } from './source.ts';

/** What a comment begins and ends with. */
interface CommentStyle {
  readonly open: string;
  readonly close: string;
}

const LINE: CommentStyle = { open: '// ', close: '' };
const HASH: CommentStyle = { open: '# ', close: '' };
const MARKUP: CommentStyle = { open: '<!-- ', close: ' -->' };
const JSX: CommentStyle = { open: '{/* ', close: ' */}' };

const STYLES: Readonly<Record<SuppressionSource['language'], CommentStyle>> = {
  source: LINE,
  json: LINE,
  prisma: LINE,
  yaml: HASH,
  dockerfile: HASH,
  dotenv: HASH,
  ignore: HASH,
  shell: HASH,
  makefile: HASH,
  html: MARKUP,
  markdown: MARKUP,
};

/**
 * The edits that suppress a finding for its line or the whole file, with a reason: a new comment in the file's
 * indentation and line ends, or the rule added to a comment that is there. `undefined` where no comment can stand, for
 * findings about suppressions, and when the finding is suppressed already.
 */
export function suppressionEdit(
  source: SuppressionSource,
  finding: Finding,
  scope: 'line' | 'file',
  reason: string,
): readonly TextEdit[] | undefined {
  const { path, language } = source;
  if (finding.rule.startsWith('airworthy/') || (language === 'json' && !allowsComments(path))) return undefined;
  const existing = readSuppressions(source).items.filter(
    ({ kind, covers }) =>
      (kind === 'file') === (scope === 'file') && finding.start >= covers.start && finding.start <= covers.end,
  );
  if (existing.some(({ rules }) => rules.some(({ name }) => name === finding.rule))) return undefined;
  const last = existing.at(-1);
  if (last !== undefined) return merged(path, last, finding.rule, tidy(reason));
  return scope === 'file' ? fileEdit(source, finding.rule, reason) : lineEdit(source, finding, reason);
}

/** Adds a rule, and a reason the comment does not give yet. */
function merged(path: string, { rules, keyword, reason }: Suppression, rule: string, why: string): TextEdit[] {
  const names: Span = { start: rules.at(-1)?.end ?? keyword.end, end: rules.at(-1)?.end ?? keyword.end };
  const name = rules.length > 0 ? `, ${rule}` : ` ${rule}`;
  if (reason === undefined) {
    return [{ path, start: names.end, end: names.end, newText: why === '' ? name : `${name} -- ${why}` }];
  }
  const edits: TextEdit[] = [{ path, start: names.end, end: names.end, newText: name }];
  if (why !== '' && !reason.text.includes(why)) {
    edits.push({ path, start: reason.end, end: reason.end, newText: `; ${why}` });
  }
  return edits;
}

function fileEdit(source: SuppressionSource, rule: string, reason: string): TextEdit[] {
  const { path, text, language } = source;
  const at = fileCommentOffset(source);
  const comment = `${write(STYLES[language], 'file', rule, reason)}`;
  const eol = lineBreakOf(text, at);
  // Behind a header without a line break of its own the comment begins a new line.
  const opened = at > 0 && text[at - 1] !== '\n' && text.charCodeAt(at - 1) !== 0xfeff;
  return [{ path, start: at, end: at, newText: opened ? eol + comment : comment + eol }];
}

function lineEdit(source: SuppressionSource, finding: Finding, reason: string): TextEdit[] | undefined {
  const { path, text, language } = source;
  const blocks = blocksOf(source);
  if (language === 'markdown') {
    // In code, HTML and link definitions the comment goes above; elsewhere a line of its own would break the paragraph.
    const block = blocks.around(finding.start) ?? blocks.around(finding.start + 1);
    if (block === undefined) return markdownLine(source, finding, reason);
    const start = lineStart(text, block);
    const prefix = /^[ \t>]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? '';
    return [above(source, start, prefix, write(MARKUP, 'next-line', finding.rule, reason))];
  }
  const start = commentableLine(text, blocks, finding.start);
  if (start < firstCommentOffset(source)) return undefined;
  // Comments of ignore files begin in the first column; behind a tab make hands them to the shell.
  const indent = language === 'ignore' || language === 'makefile' ? '' : indentAt(text, start);
  const style = isJsxChild(source, start + indent.length) ? JSX : STYLES[language];
  return [{ ...above(source, start, indent, write(style, 'next-line', finding.rule, reason)), path }];
}

function above({ path, text }: SuppressionSource, start: number, indent: string, comment: string): TextEdit {
  return { path, start, end: start, newText: `${indent}${comment}${lineBreakOf(text, start)}` };
}

/** The line of an offset, or the one above it on which the template, heredoc or tag begins that it is part of. */
function commentableLine(text: string, blocks: Blocks, offset: number): number {
  let start = lineStart(text, offset);
  for (let block = blocks.around(start); block !== undefined; block = blocks.around(start)) {
    start = lineStart(text, block);
  }
  return start;
}

/** Whether an offset is between the children of a JSX element, where only a braced comment is one. */
function isJsxChild({ file }: SuppressionSource, offset: number): boolean {
  if (file === undefined) return false;
  const around = nodeAround(file, offset);
  const node = ts.isJsxText(around) ? around.parent : around;
  if (ts.isJsxElement(node)) {
    return offset >= node.openingElement.end && offset <= node.closingElement.getStart(file);
  }
  return ts.isJsxFragment(node) && offset >= node.openingFragment.end && offset <= node.closingFragment.getStart(file);
}

/**
 * A comment at the end of the line; in a table inside the last cell, because text behind a row belongs to no cell.
 * Rules and underlines hold nothing but their marks.
 */
function markdownLine(source: SuppressionSource, finding: Finding, reason: string): TextEdit[] | undefined {
  const { path, text } = source;
  const end = lineEnd(text, finding.start);
  const line = text.slice(lineStart(text, finding.start), end);
  if (/^[-\s>|:=*_]+$/.test(line)) return undefined;
  const row = /^[ \t>]*\|/.test(line);
  let at = end - (line.length - line.trimEnd().length);
  if (row && text[at - 1] === '|') at--;
  const comment = write(MARKUP, 'line', finding.rule, row ? reason.replaceAll('|', '/') : reason);
  const before = /\s/.test(text[at - 1] ?? '') ? '' : ' ';
  return [{ path, start: at, end: at, newText: `${before}${comment}${row ? ' ' : ''}` }];
}

function write({ open, close }: CommentStyle, kind: SuppressionKind, rule: string, reason: string): string {
  const keyword = kind === 'file' ? KEYWORD : `${KEYWORD}-${kind}`;
  const why = tidy(reason);
  return `${open}${keyword} ${rule}${why === '' ? '' : ` -- ${why}`}${close}`;
}

/** A reason on one line that does not end the comment it stands in. */
function tidy(reason: string): string {
  return reason
    .replace(/[\s\0]+/g, ' ')
    .replaceAll('*/', '* /')
    .replace(/--+!?>/g, '→')
    .trim();
}

/** The line break of the line at an offset, else of the text's first line. */
function lineBreakOf(text: string, offset: number): string {
  const lineFeed = text.indexOf('\n', offset);
  const at = lineFeed >= 0 ? lineFeed : text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
