import { type Span, ts } from '#api';
import type { Bypass } from '../../_shared/auth/bypasses/bypasses.ts';
import { isLogical } from '../../_shared/auth/bypasses/holders.ts';
import { skipCondition } from '../../_shared/auth/bypasses/limiterSkip.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';

/** A span of the file and what takes its place. */
export interface Replacement {
  readonly place: Span;
  readonly text: string;
}

/**
 * Takes a switch out of a larger condition that does not need it: `a || flag` → `a`, `a && !flag` → `a`. `undefined` when
 * the switch is all there is, or a comment beside it would be lost.
 */
export function takeOutOperand({ node, outcome }: Bypass, file: ts.SourceFile): Replacement | undefined {
  let at: ts.Expression = node;
  while (ts.isParenthesizedExpression(at.parent)) at = at.parent;
  const { parent } = at;
  const needed = outcome ? ts.SyntaxKind.BarBarToken : ts.SyntaxKind.AmpersandAmpersandToken;
  if (!isLogical(parent) || parent.operatorToken.kind !== needed) return undefined;
  const operand = parent.left === at ? parent.right : parent.left;
  const whole = withParentheses(parent, operand);
  // `if ((a && b) || flag)`: the statement brings parentheses of its own.
  const kept = ts.isIfStatement(whole.parent) ? withoutParentheses(operand) : operand;
  const keptSpan = { start: kept.getStart(file), end: kept.end };
  const place = { start: whole.getStart(file), end: whole.end };
  const dropped = file.text.slice(place.start, keptSpan.start) + file.text.slice(keptSpan.end, place.end);
  if (/\/[/*]/.test(dropped)) return undefined;
  return { place, text: file.text.slice(keptSpan.start, keptSpan.end) };
}

/** Parentheses go with what they were for: nothing that is left binds weaker than `&&`. */
function withParentheses(node: ts.Expression, kept: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent) && bindsIn(kept, at.parent.parent)) at = at.parent;
  return at;
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return inner;
}

function bindsIn(kept: ts.Expression, place: ts.Node): boolean {
  if (ts.isSpreadElement(place)) return true;
  if (ts.isConditionalExpression(kept) || isLogical(kept) || ts.isArrowFunction(kept))
    return ts.isReturnStatement(place);
  return !ts.isBinaryExpression(kept) || isLogical(place) || ts.isReturnStatement(place);
}

/** Takes out the whole branch that a switch opens, or makes what it skips run always. */
export function takeOutBranch(bypass: Bypass, file: ts.SourceFile): Replacement | undefined {
  const { holder, outcome } = bypass;
  if (ts.isIfStatement(holder)) return takeOutIf(holder, bypass, file);
  if (ts.isConditionalExpression(holder)) {
    return takeChoice(holder, outcome ? holder.whenFalse : holder.whenTrue, file);
  }
  const condition = ts.isPropertyAssignment(holder) ? skipCondition(holder) : undefined;
  return condition === undefined ? undefined : { place: spanOf(condition, file), text: 'false' };
}

/** The side that is kept; elements of a list that was spread stand in the list around. */
function takeChoice(choice: ts.ConditionalExpression, kept: ts.Expression, file: ts.SourceFile): Replacement {
  const whole = withParentheses(choice, kept);
  if (ts.isSpreadElement(whole.parent) && ts.isArrayLiteralExpression(kept) && kept.elements.length > 0) {
    return { place: spanOf(whole.parent, file), text: kept.getText(file).slice(1, -1).trim().replace(/,$/, '') };
  }
  return { place: spanOf(whole, file), text: kept.getText(file) };
}

function takeOutIf(node: ts.IfStatement, { outcome }: Bypass, file: ts.SourceFile): Replacement | undefined {
  const kept = outcome ? node.elseStatement : node.thenStatement;
  const isElseIf = ts.isIfStatement(node.parent) && node.parent.elseStatement === node;
  if (isElseIf) {
    const { thenStatement } = node.parent as ts.IfStatement;
    if (kept !== undefined) return { place: spanOf(node, file), text: kept.getText(file) };
    return { place: { start: thenStatement.end, end: node.end }, text: '' };
  }
  if (kept === undefined)
    return ts.isBlock(node.parent) || ts.isSourceFile(node.parent) ? removal(node, file) : undefined;
  return { place: spanOf(node, file), text: unwrapped(kept, node, file) };
}

/** A statement with the comments directly above it and its line. */
export function removal(node: ts.Statement, file: ts.SourceFile): Replacement {
  const { text } = file;
  const eol = lineEnd(text);
  const lineStart = (offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
  const comments = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  let start = node.getStart(file);
  for (const comment of comments.toReversed()) {
    // An empty line sets a comment apart: it is about more than this statement.
    if (
      text.slice(comment.end, start).split('\n').length > 2 ||
      text.slice(lineStart(comment.pos), comment.pos).trim() !== ''
    )
      break;
    start = comment.pos;
  }
  start = lineStart(start);
  const trailing = /^[^\r\n]*(?:\r?\n)?/.exec(text.slice(node.end))?.[0] ?? '';
  if (trailing.trim() !== '') return { place: spanOf(node, file), text: '' };
  let end = node.end + trailing.length;
  // Of the empty lines above and below one stays, and none at the start of a block.
  const isLineAboveOpen = /(?:\{[ \t]*|\n[ \t]*)\r?\n$/.test(text.slice(0, start)) || start === 0;
  if (isLineAboveOpen && text.startsWith(eol, end)) end += eol.length;
  return { place: { start, end }, text: '' };
}

/** The statements of a block in the place of what it belonged to; a block that declares names stays one. */
function unwrapped(kept: ts.Statement, owner: ts.Statement, file: ts.SourceFile): string {
  const text = kept.getText(file);
  if (!ts.isBlock(kept)) return text;
  const [first] = kept.statements;
  if (first === undefined) return '';
  if (kept.statements.some(declaresName) || text.includes('`')) return text;
  const inner = indentAt(file.text, first.getStart(file));
  const outer = indentAt(file.text, owner.getStart(file));
  const body = file.text.slice(kept.getStart(file) + 1, kept.end - 1).trim();
  return body
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(inner) ? outer + line.slice(inner.length) : line))
    .join('\n');
}

function declaresName(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
}

function spanOf(node: ts.Node, file: ts.SourceFile): Span {
  return { start: node.getStart(file), end: node.end };
}
