import { type Token, Tokenizer, TokenizerMode } from 'parse5';
import type { Span } from '../api/finding.ts';
import { HtmlTree } from './htmlTree.ts';
import { MAX_NODES, ProblemList } from './limits.ts';
import type { FormatAdapter, HtmlAttribute, HtmlDocument } from './types.ts';

/** Elements whose content is text up to their end tag, and how the tokenizer must read it. */
const RAW_TEXT: ReadonlyMap<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]> = new Map([
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['plaintext', TokenizerMode.PLAINTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
  ['style', TokenizerMode.RAWTEXT],
  ['textarea', TokenizerMode.RCDATA],
  ['title', TokenizerMode.RCDATA],
  ['xmp', TokenizerMode.RAWTEXT],
]);

/** Characters read of one document: more takes the tokenizer over a second. */
const MAX_TEXT = 2_000_000;

/** Characters handed to the tokenizer at once; it keeps what it has read of a chunk. */
const CHUNK = 65_536;

const TOO_LARGE = 'The document is too large; what follows was not read.';

/** Thrown by the handler to leave the tokenizer, caught below. */
const STOP = Symbol('document too large');

/**
 * Reads the tags as they are written: parse5's tokenizer for the lexical rules of HTML, and a small tree of our own. The
 * full tree construction would drop or move elements of partial templates (a lone `<tr>`, a component's file), and its
 * recovery takes quadratic time on hostile nesting.
 */
function parse(text: string): HtmlDocument {
  const problems = new ProblemList(text.length);
  const comments: Span[] = [];
  const tree = new HtmlTree(problems);
  let count = 0;
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        const span = spanOf(token.location, text.length);
        count += 1 + token.attrs.length;
        if (count > MAX_NODES) {
          problems.add(span.start, text.length, TOO_LARGE);
          throw STOP;
        }
        const foreign = tree.open(token.tagName, span, attributesOf(token, text), token.selfClosing);
        const mode = foreign ? undefined : RAW_TEXT.get(token.tagName);
        if (mode !== undefined) tokenizer.state = mode;
        tokenizer.inForeignNode = tree.inForeign;
      },
      onEndTag(token) {
        tree.close(token.tagName, spanOf(token.location, text.length));
        tokenizer.inForeignNode = tree.inForeign;
      },
      onComment(token) {
        comments.push(spanOf(token.location, text.length));
      },
      onCharacter: (token) => tree.characters(token.chars),
      onWhitespaceCharacter: (token) => tree.characters(token.chars),
      onNullCharacter() {},
      onDoctype() {},
      onEof() {},
      onParseError(error) {
        const message = PROBLEMS.get(error.code);
        if (message !== undefined) problems.add(error.startOffset, error.endOffset, message);
      },
    },
  );
  try {
    const end = Math.min(text.length, MAX_TEXT);
    for (let at = 0; at < end; at += CHUNK) {
      tokenizer.write(text.slice(at, Math.min(at + CHUNK, end)), at + CHUNK >= end);
    }
    if (end < text.length) problems.add(end, text.length, TOO_LARGE);
  } catch (error) {
    if (error !== STOP) problems.add(0, text.length, `This HTML cannot be read: ${String(error)}`);
  }
  return { language: 'html', text, problems: problems.items, comments, elements: tree.finish(text.length) };
}

/** Mistakes that hide part of the document; the rest is a matter of style. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['eof-in-tag', 'This tag is never closed.'],
  ['eof-in-comment', 'This comment is never closed.'],
  ['eof-in-script-html-comment-like-text', 'This script is never closed.'],
  ['eof-in-cdata', 'This CDATA section is never closed.'],
  ['duplicate-attribute', 'This attribute is here twice; browsers read the first one.'],
]);

/** The tokenizer counts the end of the input as a character in what the end cuts off. */
function spanOf(location: Token.Location | null, length: number): Span {
  if (location === null) return { start: 0, end: 0 };
  return { start: Math.min(location.startOffset, length), end: Math.min(location.endOffset, length) };
}

function attributesOf(token: Token.TagToken, text: string): readonly HtmlAttribute[] {
  return token.attrs.map(({ name, value }) => {
    const span = spanOf(token.location?.attrs?.[name] ?? null, text.length);
    return { name, value, span, valueSpan: valueSpanOf(text, span) };
  });
}

/** The part of `name = "value"` between the quotes; `undefined` without `=`. */
function valueSpanOf(text: string, { start, end }: Span): Span | undefined {
  // An attribute's name may begin with `=`, never hold one later.
  const equals = text.indexOf('=', start + 1);
  if (equals < 0 || equals >= end) return undefined;
  let from = equals + 1;
  while (from < end && /\s/.test(text[from] ?? '')) from++;
  const quote = text[from];
  if (quote !== '"' && quote !== "'") return { start: from, end };
  const close = end - 1 > from && text[end - 1] === quote ? end - 1 : end;
  return { start: from + 1, end: Math.max(from + 1, close) };
}

/** HTML documents and templates. */
export const html: FormatAdapter = { language: 'html', parse };
