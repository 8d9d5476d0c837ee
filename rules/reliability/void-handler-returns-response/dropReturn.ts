import { type Span, ts } from '#api';
import { indentAt, indentUnit, lineEnd, startsLine } from '../../_shared/layout.ts';
import type { Violation } from './violations.ts';

/** A span of the file and what takes its place. */
export interface Replacement {
  readonly place: Span;
  readonly text: string;
}

/** Turns `return res.json();` into `res.json();` and, unless the function ends there anyway, `return;`. */
export function dropReturn({ node }: Violation, file: ts.SourceFile): Replacement {
  if (ts.isArrowFunction(node)) return braceBody(node, file);
  const statement = readStatement(node, file.text);
  const leave = isTail(node) ? '' : `return${statement.end}`;
  const owner = bracelessOwner(node);
  if (owner !== undefined && leave !== '') return brace(node, owner, statement, leave, file);
  return inPlace(node, statement, leave, file);
}

interface Statement {
  /** The expression as a statement, without its end. */
  readonly text: string;
  /** `;` or nothing, as the source has it. */
  readonly end: '' | ';';
}

/** The statement without its keyword, comments inside it kept. */
function readStatement(node: ts.ReturnStatement, text: string): Statement {
  const start = node.getStart();
  const source = text.slice(start + 'return'.length, node.end).trim();
  const end = source.endsWith(';') ? ';' : '';
  return { text: source.slice(0, source.length - end.length).trimEnd(), end };
}

function inPlace(node: ts.ReturnStatement, { text, end }: Statement, leave: string, file: ts.SourceFile): Replacement {
  const place = spanOf(node, file);
  // Without semicolons a parenthesis would call what the line before ends with.
  const statement = `${end === '' && /^[([`]/.test(text) ? ';' : ''}${text}`;
  if (leave === '') return { place, text: statement + end };
  if (!startsLine(file.text, place.start)) return { place, text: `${statement}; ${leave}` };
  const comment = trailingComment(node, file);
  const lines = [`${statement}${end}${comment}`, `${indentAt(file.text, place.start)}${leave}`];
  return { place: { start: place.start, end: place.end + comment.length }, text: lines.join(lineEnd(file.text)) };
}

/** A comment behind a statement in the same line, with the space before it. */
function trailingComment(node: ts.Node, file: ts.SourceFile): string {
  const end = ts.getTrailingCommentRanges(file.text, node.end)?.at(-1)?.end ?? node.end;
  return file.text.slice(node.end, end);
}

/** A statement whose only body the `return` is, without braces. */
function bracelessOwner(node: ts.ReturnStatement): ts.Statement | undefined {
  const { parent } = node;
  return ts.isIfStatement(parent) || ts.isIterationStatement(parent, false) || ts.isLabeledStatement(parent)
    ? parent
    : undefined;
}

/** Puts both statements into braces behind what owns them, with whatever comments stand between. */
function brace(
  node: ts.ReturnStatement,
  owner: ts.Statement,
  statement: Statement,
  leave: string,
  file: ts.SourceFile,
): Replacement {
  const { text } = file;
  const eol = lineEnd(text);
  const start = node.getStart(file);
  const outer = indentAt(text, owner.getStart(file));
  const inner = outer + indentUnit(text);
  const between = text.slice(node.pos, start).trimEnd();
  const moved = startsLine(text, start) ? statement.text : indentMore(statement.text, indentUnit(text));
  const comment = trailingComment(node, file);
  const lines = [` {${between}`, `${inner}${moved}${statement.end}${comment}`, `${inner}${leave}`, `${outer}}`];
  return { place: { start: node.pos, end: node.end + comment.length }, text: lines.join(eol) };
}

/** Indents all lines but the first, unless they are text of a template literal. */
function indentMore(text: string, unit: string): string {
  return text.includes('`') ? text : text.replace(/\n(?=[ \t]*\S)/g, `\n${unit}`);
}

function braceBody(node: ts.ArrowFunction, file: ts.SourceFile): Replacement {
  const { text } = file;
  const statement = ts.findAncestor(node, (up) => ts.isStatement(up) || ts.isPropertyDeclaration(up));
  const end = statement !== undefined && text[statement.end - 1] === ';' ? ';' : '';
  const outer = indentAt(text, node.getStart(file));
  const inner = outer + indentUnit(text);
  const place = spanOf(node.body, file);
  const body = text.slice(place.start, place.end);
  const moved = startsLine(text, place.start) ? body : indentMore(body, indentUnit(text));
  return { place, text: ['{', `${inner}${moved}${end}`, `${outer}}`].join(lineEnd(text)) };
}

function spanOf(node: ts.Node, file: ts.SourceFile): Span {
  return { start: node.getStart(file), end: node.end };
}

/** Says that the function ends behind a statement, so that `return` may go. */
function isTail(statement: ts.Statement): boolean {
  const { parent } = statement;
  if (ts.isBlock(parent)) {
    if (parent.statements.at(-1) !== statement) return false;
    const owner = parent.parent;
    if (ts.isFunctionLike(owner)) return true;
    if (ts.isTryStatement(owner)) return owner.finallyBlock !== parent && isTail(owner);
    if (ts.isCatchClause(owner)) return isTail(owner.parent);
    return ts.isIfStatement(owner) && isTail(owner);
  }
  return ts.isIfStatement(parent) && isTail(parent);
}
