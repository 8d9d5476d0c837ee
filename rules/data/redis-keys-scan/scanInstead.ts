import { type Fix, type FixContext, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { indentAt, lineEnd } from '../../_shared/layout.ts';

/** `const keys = await redis.keys(pattern)` becomes a list that is filled step by step. */
export const scanInstead: Fix<unknown> = {
  title: 'Collect the keys with SCAN',
  safety: 'suggest',
  edits(ctx) {
    const call = ctx.node(ts.isCallExpression);
    const statement = call && declarationOf(call);
    const pattern = call?.arguments[0];
    const client = call && memberCall(call)?.receiver;
    if (statement === undefined || pattern === undefined || client === undefined) return undefined;
    const [declaration] = statement.declarationList.declarations;
    if (declaration === undefined || !ts.isIdentifier(declaration.name)) return undefined;
    const steps = stepsOf(client.getText(), pattern.getText(), declaration.name.text, ctx);
    if (steps === undefined) return undefined;
    const semicolon = statement.getText().endsWith(';') ? ';' : '';
    const type = declaration.type?.getText() ?? (/\.[cm]?tsx?$/.test(ctx.path) ? 'string[]' : '');
    const name = declaration.name.text + (type === '' ? '' : `: ${type}`);
    const indent = indentAt(ctx.text, statement.getStart());
    return [ctx.replace(statement, `const ${name} = []${semicolon}${lineEnd(ctx.text)}${indent}${steps}${semicolon}`)];
  },
};

/** The statement `const keys = await client.keys(…)`, inside a function that is async by then. */
function declarationOf(call: ts.CallExpression): ts.VariableStatement | undefined {
  let value: ts.Node = call.parent;
  while (unwrap(value) === call) value = value.parent;
  if (!ts.isAwaitExpression(value) || unwrap(value.expression) !== call) return undefined;
  const declaration = value.parent;
  const list = ts.isVariableDeclaration(declaration) ? declaration.parent : undefined;
  if (list === undefined || !ts.isVariableDeclarationList(list) || !ts.isVariableStatement(list.parent))
    return undefined;
  const isAlone = list.declarations.length === 1 && ts.isBlock(list.parent.parent);
  const isConst = (list.flags & ts.NodeFlags.Const) !== 0;
  return isAlone && isConst && list.parent.modifiers === undefined ? list.parent : undefined;
}

/** The loop, as the one installed client offers it; `undefined` when there are two or none. */
function stepsOf(
  client: string,
  pattern: string,
  list: string,
  { header, text }: FixContext<unknown>,
): string | undefined {
  const installed = (name: string) => header.dependency(name) ?? (header.modules.has(name) ? 'latest' : undefined);
  const ioredis = installed('ioredis');
  const redis = installed('redis');
  if ((ioredis === undefined) === (redis === undefined) || /\bbatch\b/.test(text)) return undefined;
  if (ioredis !== undefined) {
    return `for await (const batch of ${client}.scanStream({ match: ${pattern} })) ${list}.push(...batch)`;
  }
  // Since version 5 the iterator gives lists of keys.
  const spread = /^[^\d]*[1-4](?:\.|$)/.test(redis ?? '') ? '' : '...';
  return `for await (const batch of ${client}.scanIterator({ MATCH: ${pattern} })) ${list}.push(${spread}batch)`;
}
