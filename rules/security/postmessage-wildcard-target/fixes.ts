import { type Finding, type FixContext, type FixEdit, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { lineEnd } from '../../_shared/layout.ts';

const NAME = 'TARGET_ORIGIN';

/** The text that names every origin, when it stands in the call itself. */
function starOf(ctx: FixContext<unknown>): ts.StringLiteralLike | undefined {
  return ctx.node(ts.isStringLiteralLike);
}

function quoteOf(ctx: FixContext<unknown>, literal: ts.Node): string {
  const first = ctx.text.charAt(literal.getStart());
  return first === '`' ? "'" : first;
}

/** `event` of `event.source.postMessage(…)`, the call that a target stands in. */
function answeredEvent(star: ts.Node): ts.Expression | undefined {
  let call: ts.Node = star;
  while (!ts.isCallExpression(call) && !ts.isStatement(call)) call = call.parent;
  const receiver = ts.isCallExpression(call) ? memberCall(call)?.receiver : undefined;
  const source = receiver && unwrap(receiver);
  return source && ts.isPropertyAccessExpression(source) && source.name.text === 'source'
    ? source.expression
    : undefined;
}

/** An origin in the place of the wildcard. The sources of events take it as an option only: they may be ports as well. */
function put(ctx: FixContext<unknown>, star: ts.Node, origin: string): FixEdit {
  const isArgument = ts.isCallExpression(star.parent);
  const wrap = isArgument && answeredEvent(star) !== undefined;
  return ctx.replace(star, wrap ? `{ targetOrigin: ${origin} }` : origin);
}

/** `event.origin` for an answer to `event.source`, the page's own origin for everybody else. */
export function nameOrigin(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const star = starOf(ctx);
  if (star === undefined) return undefined;
  const event = answeredEvent(star);
  return [put(ctx, star, event === undefined ? 'window.location.origin' : `${event.getText()}.origin`)];
}

/** Declares a constant for the origin below the imports, for somebody to fill in. */
export function declareOrigin(ctx: FixContext<unknown>, _finding: Finding): readonly FixEdit[] | undefined {
  const star = starOf(ctx);
  if (star === undefined) return undefined;
  // The file has one by now.
  if (ctx.header.topLevel.has(NAME)) return [put(ctx, star, NAME)];
  const quote = quoteOf(ctx, star);
  const eol = lineEnd(ctx.text);
  const semicolon = /;[ \t]*(?:\/[/*].*)?$/m.test(ctx.text) ? ';' : '';
  const declaration = `const ${NAME} = ${quote}https://example.com${quote}${semicolon}`;
  const last = ctx.file.statements.findLast((statement) => ts.isImportDeclaration(statement) || isDirective(statement));
  const insertion =
    last === undefined
      ? ctx.insert(ts.getShebang(ctx.text)?.length ?? 0, `${declaration}${eol}${eol}`)
      : ctx.insert(last.end, `${eol}${eol}${declaration}`);
  return [insertion, put(ctx, star, NAME)];
}

/** `'use client'` */
function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
