import { type Fix, type FixContext, ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { lineEnd } from '../../_shared/layout.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import { isNeverConnected, libraryOf } from './clients.ts';

/** The call of `createAdapter` that a finding on one of its arguments belongs to. */
function callOf(ctx: FixContext<unknown>): ts.CallExpression | undefined {
  const client = ctx.node((node): node is ts.Expression => ts.isCallExpression(node.parent));
  return client !== undefined && ts.isCallExpression(client.parent) ? client.parent : undefined;
}

/** A second client of ioredis, which connects by itself. */
export const duplicate: Fix<unknown> = {
  title: 'Subscribe with a duplicate of the client',
  safety: 'safe',
  edits(ctx) {
    const call = callOf(ctx);
    const [pub, sub] = call?.arguments ?? [];
    if (pub === undefined || libraryOf(pub, ctx) !== 'ioredis') return undefined;
    const copy = `${unwrap(pub).getText()}.duplicate()`;
    if (sub === undefined) return [ctx.insert(pub.end, `, ${copy}`)];
    return ts.isObjectLiteralExpression(unwrap(sub))
      ? [ctx.insert(sub.getStart(), `${copy}, `)]
      : [ctx.replace(sub, copy)];
  },
};

/** Waits for both clients in front of the statement, where that may wait. */
export const connect: Fix<unknown> = {
  title: 'Connect the clients first',
  safety: 'suggest',
  edits(ctx) {
    const call = callOf(ctx);
    const statement = call && ts.findAncestor(call, ts.isStatement);
    if (call === undefined || statement === undefined || !ts.isBlock(statement.parent)) return undefined;
    const fn = enclosingFunction(call);
    if (fn === undefined || !hasModifier(fn, ts.SyntaxKind.AsyncKeyword)) return undefined;
    if (fn !== enclosingFunction(statement)) return undefined;
    const idle = call.arguments.filter((client) => isNeverConnected(client, ctx)).map((client) => unwrap(client));
    // A client without a name can be connected only where it is made, and not every version gives it back then.
    if (idle.length === 0 || !idle.every(ts.isIdentifier)) return undefined;
    const names = idle.map((client) => client.getText());
    const { text } = ctx;
    const start = statement.getStart();
    const line = text.lastIndexOf('\n', start) + 1;
    const indent = /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? '';
    if (text.slice(line, start) !== indent) return undefined;
    const newline = lineEnd(text);
    const end = text.slice(statement.getStart(), statement.end).endsWith(';') ? ';' : '';
    const connects = names.map((name) => `${name}.connect()`);
    const waited = connects.length === 1 ? `await ${connects[0]}` : `await Promise.all([${connects.join(', ')}])`;
    return [ctx.insert(start, `${waited}${end}${newline}${indent}`)];
  },
};
