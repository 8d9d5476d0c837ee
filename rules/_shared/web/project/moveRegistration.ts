import { type Finding, type FixContext, type FixEdit, type Span, type TextEdit, ts } from '#api';
import { lineEnd } from '../../layout.ts';
import { webFacet } from './webFacet.ts';

/** A fix that moves a registration behind the one whose anchor the finding carries as `last`. */
export function moveToEnd(ctx: FixContext<unknown>, { data: { last } }: Finding): readonly FixEdit[] | undefined {
  return typeof last === 'number' ? moveBehind(ctx, last) : undefined;
}

/** A fix that moves a registration before the one whose anchor the finding carries as `first`. */
export function moveToStart(ctx: FixContext<unknown>, { data: { first } }: Finding): readonly FixEdit[] | undefined {
  return typeof first === 'number' ? moveBefore(ctx, first) : undefined;
}

/**
 * Moves the registration that the finding stands at behind another one of the same block, with its comments. `undefined`
 * where the two do not stand in the same block, each in lines of its own.
 * @param target anchor of the other registration, in the finding's file
 */
function moveBehind(ctx: FixContext<unknown>, target: number): readonly FixEdit[] | undefined {
  const move = moveTo(ctx, target);
  if (move === undefined || move.other.pos <= move.moved.pos) return undefined;
  return [move.cut, ctx.insert(move.to.end, move.text + lineEnd(ctx.text))];
}

/** As {@link moveBehind}, to the lines before another registration; not past what declares names that it needs. */
function moveBefore(ctx: FixContext<unknown>, target: number): readonly FixEdit[] | undefined {
  const move = moveTo(ctx, target);
  if (move === undefined || move.other.pos >= move.moved.pos) return undefined;
  const { moved, other, to, text, cut } = move;
  const words = new Set(moved.getText(ctx.file).match(/[\w$]+/g));
  const isNeeded = ts.forEachChild(moved.parent, (between) => {
    if (between.pos < other.pos || between.pos >= moved.pos || !ts.isStatement(between)) return undefined;
    return declaredBy(between).some((name) => words.has(name)) || undefined;
  });
  return isNeeded === true ? undefined : [ctx.insert(to.start, text + lineEnd(ctx.text)), cut];
}

interface Move {
  readonly moved: ts.Statement;
  readonly other: ts.Statement;
  /** Lines of the other statement. */
  readonly to: Span;
  /** Lines that move, without the last line end. */
  readonly text: string;
  readonly cut: TextEdit;
}

function moveTo(ctx: FixContext<unknown>, target: number): Move | undefined {
  const moved = registrationAt(ctx.node(ts.isPropertyAccessExpression));
  const span = ctx.spanOf(ctx.path, webFacet, target);
  if (moved === undefined || span === undefined) return undefined;
  const other = statementIn(ctx.file, span, moved.parent);
  const from = linesOf(ctx, moved);
  const to = other && linesOf(ctx, other);
  if (other === undefined || from === undefined || to === undefined) return undefined;
  const text = ctx.text.slice(from.start, from.end).replace(/\r?\n$/, '');
  return { moved, other, to, text, cut: ctx.replace(withBlank(ctx.text, from), '') };
}

/** Names that nothing before a statement can use. */
function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isClassDeclaration(statement)) return statement.name === undefined ? [] : [statement.name.text];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => name.getText().match(/[\w$]+/g) ?? []);
}

/** A registration that is a statement by itself, and nothing but one: `app.use(handler);`. */
function registrationAt(method: ts.PropertyAccessExpression | undefined): ts.ExpressionStatement | undefined {
  if (method === undefined || ts.isCallExpression(method.expression)) return undefined;
  const call = method.parent;
  if (!ts.isCallExpression(call) || !ts.isExpressionStatement(call.parent)) return undefined;
  // A list of functions may be meant to stay together.
  const [path] = call.arguments;
  const isPath = path !== undefined && ts.isStringLiteralLike(path);
  return call.arguments.length === (isPath ? 2 : 1) ? call.parent : undefined;
}

/** The statement of a block that holds a span, with no function in between that runs at another time. */
function statementIn(file: ts.SourceFile, span: Span, block: ts.Node): ts.Statement | undefined {
  let at: ts.Node = file;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(at, (child) =>
      child.pos <= span.start && span.end <= child.end ? child : undefined,
    );
    if (inner === undefined) break;
    at = inner;
  }
  while (at.parent !== undefined && at.parent !== block) {
    if (ts.isFunctionLike(at)) return undefined;
    at = at.parent;
  }
  return at.parent === block && ts.isStatement(at) ? at : undefined;
}

/** Whole lines of a statement and of the comments right above it; `undefined` where it shares them with other code. */
function linesOf({ text, file }: FixContext<unknown>, statement: ts.Statement): Span | undefined {
  const first = statement.getStart(file);
  let start = text.lastIndexOf('\n', first - 1) + 1;
  if (text.slice(start, first).trim() !== '') return undefined;
  for (const comment of (ts.getLeadingCommentRanges(text, statement.pos) ?? []).toReversed()) {
    const line = text.lastIndexOf('\n', comment.pos - 1) + 1;
    const isAlone = text.slice(line, comment.pos).trim() === '';
    if (!isAlone || /\n[ \t]*\r?\n/.test(text.slice(comment.end, start)) || comment.end > start) break;
    start = line;
  }
  const next = text.indexOf('\n', statement.end);
  const end = next < 0 ? text.length : next + 1;
  return /^\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(text.slice(statement.end, end)) && next >= 0
    ? { start, end }
    : undefined;
}

/** Lines to take out, with the blank line below where one stands above as well, or the block begins there. */
function withBlank(text: string, { start, end }: Span): Span {
  const blank = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  const isBelowBlank = /(?:^|\n[ \t]*\r?\n|\{[ \t]*\r?\n)$/.test(text.slice(0, start));
  return { start, end: isBelowBlank ? end + blank : end };
}
