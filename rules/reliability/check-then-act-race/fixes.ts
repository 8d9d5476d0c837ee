import { type FixContext, type FixEdit, ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';

/** Puts what is awaited into a constant of its own, so that the place is read and written in one go. */
export function hoistAwait(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const write = ctx.node(ts.isBinaryExpression);
  const statement = write?.parent;
  if (write === undefined || statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  if (!ts.isBlock(statement.parent)) return undefined;
  const right = unwrap(write.right);
  // Other operands might be evaluated in another order.
  if (!ts.isAwaitExpression(right)) return undefined;
  const name = freeName(right, ctx.text);
  if (name === undefined) return undefined;
  const indent = indentAt(ctx.text, statement.getStart(ctx.file));
  const end = statement.getText(ctx.file).endsWith(';') ? ';' : '';
  return [
    ctx.insert(
      statement.getStart(ctx.file),
      `const ${name} = ${right.getText(ctx.file)}${end}${lineEnd(ctx.text)}${indent}`,
    ),
    ctx.replace(write.right, name),
  ];
}

const NAMES = ['value', 'added', 'result', 'awaited'];

/** `loadCount()` gives `count`; otherwise the first name that the file does not have. */
function freeName({ expression }: ts.AwaitExpression, text: string): string | undefined {
  const call = unwrap(expression);
  const called = ts.isCallExpression(call) ? (calledName(call) ?? '') : '';
  const word = /^(?:get|load|fetch|read|count|compute)([A-Z]\w*)$/.exec(called)?.[1] ?? '';
  const own = word.charAt(0).toLowerCase() + word.slice(1);
  return [own, ...NAMES].find((name) => name !== '' && !new RegExp(`\\b${name}\\b`).test(text));
}
