import { type Span, ts, unwrap } from '#api';
import { followed, MAX_STEPS } from '../../_shared/browser/constants.ts';
import { isFallback, isSum } from '../../_shared/operators.ts';
import type { Lookup, SourceView } from '../../_shared/sourceView.ts';

/** A word of a sandbox attribute at its place in the source. */
export interface Token extends Span {
  /** Lower case, as browsers compare them. */
  readonly value: string;
  /** The literal it stands in. */
  readonly literal: ts.Node;
}

/** A stretch of constant text in the source, or a part whose text is unknown. */
type Piece = (Span & { readonly literal: ts.Node }) | 'unknown';

/** A string as the pieces it is put together from. */
function pieces(expression: ts.Node, lookup: Lookup, steps: number): readonly Piece[] {
  const node = unwrap(expression);
  if (ts.isStringLiteralLike(node)) return [inner(node, 1)];
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap((span) => [
      ...pieces(span.expression, lookup, steps),
      inner(span.literal, ts.isTemplateTail(span.literal) ? 1 : 2),
    ]);
    return [inner(node.head, 2), ...spans];
  }
  if (isSum(node)) return [...pieces(node.left, lookup, steps), ...pieces(node.right, lookup, steps)];
  const constant = steps < MAX_STEPS ? followed(node, lookup) : undefined;
  return constant ? pieces(constant, lookup, steps + 1) : ['unknown'];
}

/** A literal without its quotes, `}` and `${`. */
function inner(literal: ts.LiteralLikeNode, closing: number): Piece {
  return { literal, start: literal.getStart() + 1, end: literal.end - closing };
}

/** Words of a string. One that touches an unknown part, or another word across a seam, is no word of its own. */
function words(all: readonly Piece[]): readonly Token[] {
  const texts = all.map((piece) => (piece === 'unknown' ? undefined : textOf(piece)));
  return all.flatMap((piece, index) => {
    const text = texts[index];
    if (piece === 'unknown' || text === undefined || text.includes('\\')) return [];
    const before = index === 0 ? ' ' : texts[index - 1]?.at(-1);
    const after = index === all.length - 1 ? ' ' : texts[index + 1]?.at(0);
    return [...text.matchAll(/\S+/g)].flatMap((match) => {
      const start = piece.start + match.index;
      const end = start + match[0].length;
      const joinsBefore = start === piece.start && !/^\s$/.test(before ?? 'x');
      const joinsAfter = end === piece.end && !/^\s$/.test(after ?? 'x');
      if (joinsBefore || joinsAfter) return [];
      return [{ value: match[0].toLowerCase(), literal: piece.literal, start, end }];
    });
  });
}

function textOf(piece: Span & { readonly literal: ts.Node }): string {
  return piece.literal.getSourceFile().text.slice(piece.start, piece.end);
}

/** The constant text a string begins with, and whether that is all of it. */
export function leadingText(
  expression: ts.Node,
  lookup: Lookup,
): { readonly text: string; readonly whole: boolean } | undefined {
  const node = ts.isJsxExpression(expression) ? expression.expression : expression;
  const all = node ? pieces(node, lookup, 0) : [];
  const unknown = all.indexOf('unknown');
  const known = all.slice(0, unknown < 0 ? all.length : unknown);
  const text = known.map((piece) => (piece === 'unknown' ? '' : textOf(piece))).join('');
  return known.length > 0 ? { text, whole: unknown < 0 } : undefined;
}

/** `list.join(' ')` and `text.split(' ')`: what the words stand in. */
function wordsHeld(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [separator] = node.arguments;
  const apart = separator && ts.isStringLiteralLike(separator) && /^\s+$/.test(separator.text);
  return apart && /^(?:join|split)$/.test(node.expression.name.text) ? node.expression.expression : undefined;
}

/** The strings that a value is put together from, and what stands there instead of one, at the end of all constants. */
function leavesOf(expression: ts.Node, lookup: Lookup, steps: number): readonly ts.Node[] {
  if (steps > MAX_STEPS) return [];
  const inner = (node: ts.Node): readonly ts.Node[] => leavesOf(node, lookup, steps + 1);
  const node = unwrap(expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isSpreadElement(node)) return inner(node.expression);
  if (ts.isJsxExpression(node)) return node.expression ? inner(node.expression) : [];
  if (ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind)) return inner(node.right);
  const next = wordsHeld(node) ?? followed(node, lookup);
  return next ? inner(next) : [node];
}

/**
 * Sandbox tokens that a value surely holds: of strings, lists, joined lists, and constants of this file that hold one. Of
 * `given ?? fallback` those of the fallback. Parts that depend on a condition are left out.
 */
export function tokensOf(expression: ts.Node, lookup: Lookup): readonly Token[] {
  return leavesOf(expression, lookup, 0).flatMap((leaf) => words(pieces(leaf, lookup, 0)));
}

/** What other files give to a value, as `header.resolve` names it: lists and strings under imported names. */
export function importsOf(expression: ts.Node, { header, lookup }: SourceView): readonly string[] {
  return leavesOf(expression, lookup, 0).flatMap((leaf) => {
    if (!ts.isIdentifier(leaf) && !ts.isPropertyAccessExpression(leaf)) return [];
    const reference = header.resolve(leaf);
    return reference === undefined || reference.startsWith('global#') ? [] : [reference];
  });
}
