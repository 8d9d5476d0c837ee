import { type FixContext, type TextEdit, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { indentAt, lineEnd, quoteMark, startsLine } from '../../_shared/layout.ts';
import { logCall } from '../../_shared/loggers.ts';
import { mentionsName } from '../../_shared/mentions.ts';
import { cutsFor } from '../../_shared/removeEntries.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { errorAround } from './errorValues.ts';
import { wholeValue } from './wholeValue.ts';

const GENERAL = 'Internal server error';

/** Answers with a text that tells nothing, and logs the error unless the code around it does already. */
export function answerInGeneral(ctx: FixContext<unknown>): readonly TextEdit[] | undefined {
  const place = ctx.node(ts.isExpression);
  const error = place && errorAround(place, ctx);
  if (place === undefined || error === undefined) return undefined;
  const answer = replaced(ctx, place);
  const log = isLogged(place, error, ctx) ? [] : logging(ctx, place, error);
  return log && [...log, ...answer];
}

/** What stands where the detail did: the whole member or argument that it is a part of. */
function replaced(ctx: FixContext<unknown>, place: ts.Expression): readonly TextEdit[] {
  const quote = quoteMark(ctx.text);
  const text = `${quote}${GENERAL}${quote}`;
  if (ts.isShorthandPropertyAssignment(place.parent)) return [ctx.replace(place, `${place.getText()}: ${text}`)];
  const value = wholeValue(place);
  const { parent } = value;
  if (ts.isSpreadAssignment(parent)) return [ctx.replace(parent, `error: ${text}`)];
  if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'stack' && parent.parent.properties.length > 1) {
    return withoutMember(ctx, parent);
  }
  const isJson = ts.isCallExpression(parent) && calledName(parent) === 'json';
  return [ctx.replace(value, isJson ? `{ error: ${text} }` : text)];
}

function withoutMember(ctx: FixContext<unknown>, member: ts.PropertyAssignment): readonly TextEdit[] {
  const { properties } = member.parent;
  const inner = { start: member.parent.getStart() + 1, end: member.parent.end - 1 };
  const spans = properties.map((one) => ({ start: one.getStart(), end: one.end }));
  const removed = new Set([properties.indexOf(member)]);
  return cutsFor(ctx.text, { inner, spans, removed }).map((cut) => ctx.replace(cut, ''));
}

function isLogged(place: ts.Node, error: string, ctx: FixContext<unknown>): boolean {
  const scope = ts.findAncestor(place, (at) => ts.isCatchClause(at) || ts.isFunctionLike(at));
  const visit = (node: ts.Node): boolean => {
    // The method of a logger is often called as the error is.
    const isLog = ts.isCallExpression(node) && logCall(node, ctx.header, ctx) !== undefined;
    if (isLog && node.arguments.some((argument) => mentionsName(argument, error))) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return scope !== undefined && visit(scope);
}

/** A statement in front of the answer; `undefined` where none fits. */
function logging(ctx: FixContext<unknown>, place: ts.Node, error: string): readonly TextEdit[] | undefined {
  const statement = ts.findAncestor(
    place,
    (at) => ts.isExpressionStatement(at) || ts.isReturnStatement(at) || ts.isThrowStatement(at),
  );
  if (statement === undefined || isInFunctionBelow(statement, place)) return undefined;
  const logger = ['logger', 'log'].find((name) => ctx.header.topLevel.has(name)) ?? 'console';
  const call = `${logger}.error(${described(ctx, logger, error)})${statementEnd(ctx.file)}`;
  const start = statement.getStart();
  if (!ts.isBlock(statement.parent) && !ts.isCaseOrDefaultClause(statement.parent)) {
    return [ctx.insert(start, `{ ${call} `), ctx.insert(statement.end, ' }')];
  }
  const isOwnLine = startsLine(ctx.text, start);
  return [ctx.insert(start, `${call}${isOwnLine ? lineEnd(ctx.text) + indentAt(ctx.text, start) : ' '}`)];
}

/** A logger of the project may take texts alone, unless the file hands it something else. */
function described(ctx: FixContext<unknown>, logger: string, error: string): string {
  const isOwn = ctx.header.imports.get(logger)?.module.startsWith('.') === true;
  const takesMore = new RegExp(`\\b${logger}\\.error\\(\\s*[A-Za-z_$][\\w$.]*\\s*[,)]`).test(ctx.text);
  if (!isOwn || takesMore) return error;
  return `${error} instanceof Error ? (${error}.stack ?? ${error}.message) : String(${error})`;
}

/** `run().catch((error) => res.status(500).json(error))`: the statement around it knows no error. */
function isInFunctionBelow(statement: ts.Node, place: ts.Node): boolean {
  for (let at = place; at !== statement; at = at.parent) if (ts.isFunctionLike(at)) return true;
  return false;
}
