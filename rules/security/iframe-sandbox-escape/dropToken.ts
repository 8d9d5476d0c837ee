import { type Span, type TextEdit, ts } from '#api';
import type { Token } from './tokens.ts';

/** Makes an edit of the document at hand. */
export type Replace = (span: Span, newText: string) => TextEdit;

/** Whether only blanks stand between a place and its line's begin. */
function startsLine(text: string, at: number): boolean {
  return /(?:^|[\r\n])[ \t]*$/.test(text.slice(0, at));
}

/** End of the line break behind a place when nothing else follows on the line. */
function restOfLine(text: string, at: number): number | undefined {
  const rest = /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(at));
  return rest ? at + rest[0].length : undefined;
}

/** A stretch of code with the whole lines it takes, when it takes whole lines. */
function withLines(text: string, { start, end }: Span): Span {
  const lineEnd = restOfLine(text, end);
  if (lineEnd === undefined || !startsLine(text, start)) return { start, end };
  return { start: start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0), end: lineEnd };
}

/** An element of a list with its comma. */
function elementSpan(element: ts.Node, list: ts.NodeArray<ts.Node>): Span {
  const text = element.getSourceFile().text;
  const start = element.getStart();
  const comma = /^\s*,/.exec(text.slice(element.end));
  const index = list.indexOf(element);
  if (comma) {
    const end = element.end + comma[0].length;
    const lines = withLines(text, { start, end });
    // In the middle of a line, the blanks behind the comma go with it.
    if (lines.start !== start || lines.end !== end) return lines;
    return { start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) };
  }
  const previous = list[index - 1];
  return { start: previous ? previous.end : start, end: element.end };
}

/** Whether evaluating it does nothing else. */
function isPure(node: ts.Node): boolean {
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isPropertyAccessExpression(node) || ts.isParenthesizedExpression(node)) return isPure(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken && isPure(node.operand);
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return !assigns && isPure(node.left) && isPure(node.right);
}

/** A statement with its line, and with the condition that has nothing else to decide. */
function statementSpan(statement: ts.Statement): { readonly span: Span; readonly newText: string } {
  const { parent } = statement;
  const text = statement.getSourceFile().text;
  const span = { start: statement.getStart(), end: statement.end };
  if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) {
    return { span: withLines(text, span), newText: '' };
  }
  if (ts.isIfStatement(parent) && !parent.elseStatement && isPure(parent.expression)) {
    const between = text.slice(parent.expression.end, span.start);
    if (/^\)\s*$/.test(between)) return statementSpan(parent);
  }
  // The branch of a condition or loop has to stay a statement.
  return { span, newText: '{}' };
}

/** `a b c` without one of its words: the blanks before it go too, or those behind the first. */
function wordSpan(text: string, token: Span, from: number, to: number): Span {
  const before = /\s+$/.exec(text.slice(from, token.start))?.[0].length ?? 0;
  if (before > 0) return { start: token.start - before, end: token.end };
  const after = /^\s+/.exec(text.slice(token.end, to))?.[0].length ?? 0;
  return { start: token.start, end: token.end + after };
}

/** A word of an attribute in a document. */
export function dropWord(text: string, token: Span, value: Span, replace: Replace): TextEdit {
  return replace(wordSpan(text, token, value.start, value.end), '');
}

/** The edit that takes a token out of the code it stands in; `undefined` where more than the token would have to change. */
export function dropToken(token: Token, replace: Replace): TextEdit | undefined {
  const { literal } = token;
  const text = literal.getSourceFile().text;
  const closing = ts.isTemplateHead(literal) || ts.isTemplateMiddle(literal) ? 2 : 1;
  const from = literal.getStart() + 1;
  const to = literal.end - closing;
  const alone = text.slice(from, to).trim() === text.slice(token.start, token.end);
  if (!alone || !ts.isStringLiteralLike(literal)) return replace(wordSpan(text, token, from, to), '');

  const { parent } = literal;
  if (ts.isArrayLiteralExpression(parent)) return replace(elementSpan(literal, parent.elements), '');
  if (ts.isCallExpression(parent)) {
    const callee = parent.expression;
    const method = ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
    if (method === 'add' && parent.arguments.length > 1) return replace(elementSpan(literal, parent.arguments), '');
    if (method !== 'add' && method !== 'toggle') return undefined;
    if (!ts.isExpressionStatement(parent.parent)) return undefined;
    const { span, newText } = statementSpan(parent.parent);
    return replace(span, newText);
  }
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) {
    if (!ts.isExpressionStatement(parent.parent)) return undefined;
    const { span, newText } = statementSpan(parent.parent);
    return replace(span, newText);
  }
  return replace(wordSpan(text, token, from, to), '');
}
