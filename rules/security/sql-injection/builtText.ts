import { ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** A value where it becomes part of a text. */
export interface Part {
  readonly value: ts.Expression;
  /** Between single quotes, where SQL has its texts. */
  readonly quoted: boolean;
  /** What stands before it, back to the part before. */
  readonly before: string;
}

/** A text that is put together, with the literal pieces and the values in it. */
export interface BuiltText {
  /** Literal pieces in their order, with `?` for each value. */
  readonly skeleton: string;
  readonly parts: readonly Part[];
}

/** Variables are followed this many times. */
const MAX_STEPS = 5;

type Piece = string | ts.Expression;

/**
 * What a text is put together of where it is, by a template or with `+`; a text that a local variable starts with, or that
 * is added to it, counts. `undefined` where it is a literal, or comes from elsewhere.
 */
export function builtText(text: ts.Node, source: SourceView, steps = 0): BuiltText | undefined {
  const node = unwrap(text);
  const chain = pieces(node);
  if (chain !== undefined) return fromPieces(chain, source, steps);
  const joined = joinedMap(node);
  if (joined !== undefined) return builtText(joined, source, steps + 1);
  if (!ts.isIdentifier(node) || steps >= MAX_STEPS) return undefined;
  const declaration = source.lookup(node);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) {
    return undefined;
  }
  const texts = [declaration.initializer, ...addedTo(node, declaration, source)].map(
    (piece) => builtText(piece, source, steps + 1) ?? literal(piece),
  );
  const parts = texts.flatMap((built) => built.parts);
  return parts.length === 0 ? undefined : { skeleton: texts.map(({ skeleton }) => skeleton).join(' '), parts };
}

/** The pieces of a template or sum with a text in it, from left to right. */
export function pieces(node: ts.Node): readonly Piece[] | undefined {
  if (ts.isTemplateExpression(node)) {
    return [
      node.head.text,
      ...node.templateSpans.flatMap(({ expression, literal }): Piece[] => [expression, literal.text]),
    ];
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const operands = [node.left, node.right].map((side) => {
    const inner = unwrap(side);
    if (ts.isStringLiteralLike(inner)) return [inner.text];
    return pieces(inner) ?? [inner as ts.Expression];
  });
  // Sums without a text in them are arithmetic.
  const flat = operands.flat();
  return flat.some((piece) => typeof piece === 'string') ? flat : undefined;
}

function fromPieces(chain: readonly Piece[], source: SourceView, steps: number): BuiltText {
  let skeleton = '';
  let before = '';
  let quoted = false;
  const parts: Part[] = [];
  for (const piece of chain) {
    if (typeof piece === 'string') {
      if ((piece.split("'").length - 1) % 2 === 1) quoted = !quoted;
      before += piece;
      skeleton += piece;
      continue;
    }
    const inner = steps < MAX_STEPS && !quoted ? builtText(piece, source, steps + 1) : undefined;
    if (inner === undefined) parts.push({ value: piece, quoted, before });
    else parts.push(...inner.parts);
    skeleton += inner?.skeleton ?? '?';
    before = '';
  }
  return { skeleton, parts };
}

function literal(text: ts.Expression): BuiltText {
  const node = unwrap(text);
  return { skeleton: ts.isStringLiteralLike(node) ? node.text : '?', parts: [] };
}

/** What `names.map((name) => …).join(',')` joins. */
function joinedMap(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const join = memberCall(node);
  const mapped = join?.name === 'join' ? unwrap(join.receiver) : undefined;
  if (mapped === undefined || !ts.isCallExpression(mapped) || memberCall(mapped)?.name !== 'map') return undefined;
  const [callback] = mapped.arguments;
  return callback !== undefined && ts.isArrowFunction(callback) && !ts.isBlock(callback.body)
    ? callback.body
    : undefined;
}

/** Right sides of `sql += …` in the function that the variable belongs to. */
function addedTo(
  name: ts.Identifier,
  declaration: ts.VariableDeclaration,
  source: SourceView,
): readonly ts.Expression[] {
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const owner = isConst ? undefined : enclosingFunction(declaration);
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
      ts.isIdentifier(node.left) &&
      node.left.text === name.text &&
      source.lookup(node.left) === declaration
    ) {
      found.push(node.right);
    }
    ts.forEachChild(node, visit);
  };
  if (owner !== undefined) visit(owner);
  return found;
}
