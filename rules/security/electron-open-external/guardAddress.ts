import { type FixContext, type FixEdit, ts } from '#api';
import { quoteMark } from '../../_shared/layout.ts';

/** Opens the address only when it begins with `https://`; what waits for the call gets a rejection otherwise. */
export function guardAddress(ctx: FixContext<unknown>): readonly FixEdit[] | undefined {
  const address = ctx.node(ts.isExpression);
  const call = address?.parent;
  if (address === undefined || call === undefined || !ts.isCallExpression(call)) return undefined;
  // What is computed anew for the check may be another address by then.
  if (!ts.isIdentifier(address) && !ts.isPropertyAccessExpression(address)) return undefined;
  const check = `/^https:\\/\\//i.test(${address.getText()})`;
  let outer: ts.Node = call;
  while (ts.isAwaitExpression(outer.parent) || ts.isVoidExpression(outer.parent)) outer = outer.parent;
  const statement = outer.parent;
  if (ts.isExpressionStatement(statement) && ts.isBlock(statement.parent)) {
    return [ctx.insert(statement.getStart(ctx.file), `if (${check}) `)];
  }
  const quote = quoteMark(ctx.text);
  const refused = `Promise.reject(new Error(${quote}Only https addresses are opened${quote}))`;
  const choice = `${check} ? ${call.getText()} : ${refused}`;
  const isWhole = call.parent !== undefined && (ts.isArrowFunction(call.parent) || ts.isReturnStatement(call.parent));
  return [ctx.replace(call, isWhole ? choice : `(${choice})`)];
}
