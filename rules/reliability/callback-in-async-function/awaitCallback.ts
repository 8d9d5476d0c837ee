import { type FixContext, type FixEdit, ts, unwrap } from '#api';
import { isFunctionValue } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { statementEnd } from '../../_shared/statementEnd.ts';
import { callbackCall } from './callbackCall.ts';

/**
 * Waits for the callback: the call goes into a promise that is settled when the callback has returned, and rejected with
 * what it throws. The callback itself stays as it is, so every way out of it counts.
 */
export function awaitCallback(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const statement = ts.findAncestor(ctx.node(ts.isIdentifier), ts.isExpressionStatement);
  const found = statement && callbackCall(statement, ctx.header);
  if (statement === undefined || found === undefined) return undefined;
  const { body } = found.callback;
  if (!ts.isBlock(body) || found.callback.asteriskToken !== undefined) return undefined;
  const start = statement.getStart(ctx.file);
  const before = ctx.text.slice(start, body.getStart(ctx.file) + 1);
  const inside = ctx.text.slice(body.getStart(ctx.file) + 1, body.end - 1);
  const after = ctx.text.slice(body.end - 1, statement.end);
  // Text in back quotes would be indented as well; names would be hidden.
  if (/`|\b(?:resolve|reject|thrown)\b/.test(before + inside + after) || !isPlain(statement)) return undefined;

  const eol = lineEnd(ctx.text);
  const unit = indentUnit(ctx.text);
  const indent = indentAt(ctx.text, start);
  const isTypeScript = /\.[cm]?tsx?$/.test(ctx.path);
  const lines = inside.trim() === '' ? [] : statementLines(inside, indentAt(ctx.text, body.end - 1));
  const deep = indent + unit.repeat(3);
  const end = statementEnd(ctx.file);
  return [
    ctx.replace(
      statement,
      [
        `await new Promise${isTypeScript ? '<void>' : ''}((resolve, reject) => {`,
        `${indent}${unit}${before}`,
        `${indent}${unit.repeat(2)}try {`,
        ...lines.map((line) => (line === '' ? '' : deep + line.replace(new RegExp(`^${unit}`), ''))),
        `${indent}${unit.repeat(2)}} catch (thrown) {`,
        `${deep}reject(thrown)${end}`,
        `${indent}${unit.repeat(2)}} finally {`,
        `${deep}resolve(${isTypeScript ? '' : 'undefined'})${end}`,
        `${indent}${unit.repeat(2)}}`,
        `${indent}${unit}${after}`,
        `${indent}})${end}`,
      ].join(eol),
    ),
  ];
}

/** Call and callback begin on one line and end on one, as they nearly always do. */
function isPlain(statement: ts.ExpressionStatement): boolean {
  const call = unwrap(statement.expression);
  const file = statement.getSourceFile();
  const last = ts.isCallExpression(call) ? call.arguments.at(-1) : undefined;
  const body = last !== undefined && isFunctionValue(last) ? last.body : undefined;
  if (body === undefined) return false;
  const lineOf = (offset: number) => file.getLineAndCharacterOfPosition(offset).line;
  return lineOf(statement.getStart(file)) === lineOf(body.getStart(file)) && lineOf(body.end) === lineOf(statement.end);
}

/** Lines of a block's inside without the indentation of the block. */
function statementLines(inside: string, indent: string): readonly string[] {
  const lines = inside.split(/\r?\n/);
  if (lines.length === 1) return [lines[0]?.trim() ?? ''];
  return lines
    .slice(lines[0]?.trim() === '' ? 1 : 0, lines.at(-1)?.trim() === '' ? -1 : undefined)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()).trimEnd());
}
