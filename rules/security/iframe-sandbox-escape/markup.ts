import { type HtmlDocument, parseHtml, type Span, ts } from '#api';
import { elementsOf } from '../../_shared/browser/elements.ts';
import { isSum } from '../../_shared/operators.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { hostOf, isDataUrl } from './sources.ts';
import { type Token, tokensOf } from './tokens.ts';

/** An iframe's sandbox attribute in markup. */
export interface SandboxAttribute {
  readonly span: Span;
  readonly valueSpan: Span;
  /** The value of the `src` beside it. */
  readonly source: (Span & { readonly text: string }) | undefined;
}

/** Sandbox attributes of all iframes of a document. */
export function sandboxAttributes(document: HtmlDocument): readonly SandboxAttribute[] {
  const found: SandboxAttribute[] = [];
  for (const { attributes } of elementsOf(document, 'iframe')) {
    const src = attributes.find(({ name }) => name === 'src');
    const source = src?.valueSpan && { ...src.valueSpan, text: src.value };
    for (const { name, span, valueSpan } of attributes) {
      if (name === 'sandbox' && valueSpan) found.push({ span, valueSpan, source });
    }
  }
  return found;
}

/** Words of a text as tokens; `offset` is where the text begins in its document. */
export function wordsOf(text: string, offset: number, literal: ts.Node): readonly Token[];
export function wordsOf(text: string, offset: number): readonly Omit<Token, 'literal'>[];
export function wordsOf(text: string, offset: number, literal?: ts.Node): readonly Omit<Token, 'literal'>[] {
  return [...text.matchAll(/\S+/g)].map((match) => {
    const start = offset + match.index;
    return { value: match[0].toLowerCase(), start, end: start + match[0].length, ...(literal ? { literal } : {}) };
  });
}

/** The whole of a string that is put together with `+`. */
export function wholeString(literal: ts.Node): ts.Node {
  let node = literal;
  while (isSum(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return node;
}

interface Part extends Span {
  readonly literal: ts.Node;
}

/** Stretches of constant text, and the expressions between them. */
function partsOf(node: ts.Node): { readonly texts: readonly Part[]; readonly expressions: readonly ts.Expression[] } {
  if (ts.isParenthesizedExpression(node)) return partsOf(node.expression);
  if (isSum(node)) {
    const left = partsOf(node.left);
    const right = partsOf(node.right);
    return { texts: [...left.texts, ...right.texts], expressions: [...left.expressions, ...right.expressions] };
  }
  if (ts.isStringLiteralLike(node)) {
    return { texts: [{ literal: node, start: node.getStart() + 1, end: node.end - 1 }], expressions: [] };
  }
  if (ts.isTemplateExpression(node)) {
    const literals = [node.head, ...node.templateSpans.map((span) => span.literal)];
    return {
      texts: literals.map((literal) => ({
        literal,
        start: literal.getStart() + 1,
        end: literal.end - (ts.isTemplateTail(literal) ? 1 : 2),
      })),
      expressions: node.templateSpans.map((span) => span.expression),
    };
  }
  return { texts: [], expressions: [node as ts.Expression] };
}

/** An escape sequence as what it stands for, at the same length. */
function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, character: string) => (/["'`]/.test(character) ? ` ${character}` : '  '));
}

/**
 * The markup of a string expression with every character at its place: quotes and operators between constant texts
 * become blanks, expressions become letters.
 */
function masked(whole: ts.Node): string {
  const source = whole.getSourceFile().text;
  const { texts, expressions } = partsOf(whole);
  const start = whole.getStart();
  const characters: string[] = new Array(whole.end - start).fill(' ');
  const put = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index++) characters[at - start + index] = text.charAt(index);
  };
  for (const part of texts) put(part.start, unescaped(source.slice(part.start, part.end)));
  for (const expression of expressions) {
    // The braces around it belong to it, or the value would have seams that the running program does not have.
    const inTemplate = ts.isTemplateSpan(expression.parent);
    const from = inTemplate ? source.lastIndexOf('${', expression.getStart()) : expression.getStart();
    const to = inTemplate ? (expression.parent as ts.TemplateSpan).literal.getStart() + 1 : expression.end;
    put(from, 'x'.repeat(to - from));
  }
  return characters.join('');
}

/** Sandbox attributes of the iframes in a string expression, with the tokens they surely hold. */
export function attributesInString(
  whole: ts.Node,
  lookup: Lookup,
): readonly {
  readonly span: Span;
  readonly tokens: readonly Token[];
  readonly host: string | undefined;
  /** The frame shows a page that has an origin of its own in any case. */
  readonly isOpaque: boolean;
}[] {
  const text = masked(whole);
  const base = whole.getStart();
  const { texts, expressions } = partsOf(whole);
  /** An expression in the middle of a URL may be anything, so only what stands before it counts. */
  const hostIn = (source: Span): string | undefined => {
    const places = expressions.map((expression) => expression.getStart() - base);
    const unknown = Math.min(...places.filter((place) => place >= source.start && place < source.end));
    const end = Number.isFinite(unknown) ? text.slice(0, unknown).search(/x*$/) : source.end;
    return hostOf(text.slice(source.start, end), end === source.end);
  };
  return sandboxAttributes(parseHtml(text)).map(({ span, valueSpan, source }) => {
    const start = base + valueSpan.start;
    const end = base + valueSpan.end;
    const fromTexts = texts.flatMap((part) => {
      const from = Math.max(start, part.start);
      const to = Math.min(end, part.end);
      if (from >= to) return [];
      // Read from the masked text: a word that touches an expression is not what it seems.
      const joinsBefore = from > start && /\S/.test(text.charAt(from - base - 1));
      const joinsAfter = to < end && /\S/.test(text.charAt(to - base));
      return wordsOf(text.slice(from - base, to - base), from, part.literal).filter(
        (word) => !(joinsBefore && word.start === from) && !(joinsAfter && word.end === to),
      );
    });
    const fromExpressions = expressions
      .filter((expression) => expression.getStart() >= start && expression.end <= end)
      .flatMap((expression) => tokensOf(expression, lookup));
    return {
      span: { start: base + span.start, end: base + span.end },
      tokens: [...fromTexts, ...fromExpressions],
      host: source && hostIn(source),
      isOpaque: source !== undefined && isDataUrl(text.slice(source.start, source.end)),
    };
  });
}
