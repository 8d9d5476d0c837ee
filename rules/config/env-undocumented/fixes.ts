import type { Finding, FixContext, FixEdit } from '#api';
import { lineEnd } from '../../_shared/layout.ts';
import { settingsFacet } from './settingsFacet.ts';

/** Writes `NAME=` at the end of the example, with the line end that the file has. */
export function addVariable(ctx: FixContext<unknown>, { data }: Finding): readonly FixEdit[] | undefined {
  const path = exampleOf(String(data['example']), ctx);
  const text = path === undefined ? undefined : ctx.source(path)?.text;
  if (path === undefined || text === undefined) return undefined;
  // A single line tells nothing; the code beside it does.
  const newLine = lineEnd(text.includes('\n') ? text : ctx.text);
  const before = text === '' || text.endsWith('\n') ? '' : newLine;
  return [{ path, start: text.length, end: text.length, newText: `${before}${data['name']}=${newLine}` }];
}

/** Takes the variable's line out, with the comments that are about nothing else. */
export function removeVariable(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const { document, text, path } = ctx;
  if (document.language !== 'dotenv' || !('entries' in document)) return undefined;
  const entry = document.entries.find(({ keySpan }) => keySpan.start === finding.start);
  if (entry === undefined) return undefined;
  const start = text.lastIndexOf('\n', entry.span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', entry.span.end);
  const end = lineEnd < 0 ? text.length : lineEnd + 1;
  const { from, to } = withSpace(text, start - ownComment(text.slice(0, start), text.slice(end)), end);
  return [{ path, start: from, end: to, newText: '' }];
}

/** A line that stood by itself takes one of the empty lines around it along. */
function withSpace(text: string, start: number, end: number): { readonly from: number; readonly to: number } {
  const above = /(?:^|\n)(\r?\n)$/.exec(text.slice(0, start))?.[1];
  const below = /^\r?\n/.exec(text.slice(end))?.[0];
  if (below !== undefined && (above !== undefined || start === 0)) return { from: start, to: end + below.length };
  return { from: end === text.length && above !== undefined ? start - above.length : start, to: end };
}

const COMMENT = /^[ \t]*#/;
/** A line of a comment that has words, and is no variable that is switched off. */
const WORDS = /^[ \t]*#(?![ \t]*(?:export[ \t]+)?[\w.-]+=).*[\p{L}\p{N}]/u;

/**
 * The length of the comment right above a line, where it is about nothing else. What heads a file or several variables stays,
 * and so does what stands below a frame that is not closed.
 */
function ownComment(above: string, below: string): number {
  const [, blank = '', next = ''] = /^((?:[ \t]*\r?\n)*)([ \t]*.?)/.exec(below) ?? [];
  if (next.trim() !== '' && !COMMENT.test(next)) return 0;
  const lines = above.match(/[^\n]*\n/g) ?? [];
  const firstComment = lines.findLastIndex((line) => !COMMENT.test(line)) + 1;
  const first = lines.findLastIndex((line) => !WORDS.test(line)) + 1;
  const frame = lines.slice(firstComment, first);
  const begins = (lines[firstComment - 1] ?? '').trim() === '';
  // At the start of the file, or of a paragraph that goes on.
  if (firstComment === 0 || (begins && blank === '' && next !== '')) return 0;
  return frame.filter((line) => !/[\p{L}\p{N}]/u.test(line)).length % 2 === 0 ? lines.slice(first).join('').length : 0;
}

/** The example by the end of its path, which the finding names from the folder of the workspace. */
function exampleOf(local: string, ctx: FixContext<unknown>): string | undefined {
  let best: string | undefined;
  for (const { path } of ctx.all(settingsFacet)) {
    const isIt = path.endsWith(`/${local}`) && ctx.path.startsWith(path.slice(0, path.length - local.length));
    if (isIt && (best === undefined || path.length > best.length)) best = path;
  }
  return best;
}
