import { type Finding, type FixContext, type TextEdit, ts } from '#api';
import { addMembers } from '../../_shared/addMembers.ts';
import { behindStatement } from '../../_shared/behindStatement.ts';
import { lineEnd } from '../../_shared/layout.ts';

/** Adds the store of connect-mongo, where the project has it, on the connection of mongoose that the file imports. */
export function useMongo(ctx: FixContext<unknown>, finding: Finding): TextEdit[] | undefined {
  const isImported = ctx.header.imports.get('MongoStore')?.module === 'connect-mongo';
  if (ctx.header.dependency('connect-mongo') === undefined) return undefined;
  if (!isImported && ctx.header.topLevel.has('MongoStore')) return undefined;
  const mongoose = [...ctx.header.imports].find(([, { module, name }]) => module === 'mongoose' && name === '')?.[0];
  if (mongoose === undefined) return undefined;
  const callee = ctx.node(ts.isExpression);
  const call = callee?.parent;
  const settings = call !== undefined && ts.isCallExpression(call) ? call.arguments[0] : undefined;
  if (call === undefined || settings === undefined || !ts.isObjectLiteralExpression(settings)) return undefined;
  const statement = ctx.file.statements.find((other) => mentionsSession(other));
  if (statement === undefined || statement.end > finding.start) return undefined;

  const quote = statement.getText().includes('"') ? '"' : "'";
  const end = statement.getText().endsWith(';') ? ';' : '';
  const line = ts.isImportDeclaration(statement)
    ? `import MongoStore from ${quote}connect-mongo${quote}${end}`
    : `const MongoStore = require(${quote}connect-mongo${quote})${end}`;
  const { at, text } = addMembers(settings, [
    `store: MongoStore.create({ client: ${mongoose}.connection.getClient() })`,
  ]);
  const needed = isImported ? [] : [ctx.insert(behindStatement(ctx.text, statement), `${lineEnd(ctx.text)}${line}`)];
  return [...needed, ctx.insert(at, text)];
}

function mentionsSession(statement: ts.Statement): boolean {
  const isImport = ts.isImportDeclaration(statement) || ts.isVariableStatement(statement);
  return isImport && /["']express-session["']/.test(statement.getText());
}
