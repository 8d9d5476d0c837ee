import { type Fix, type FixContext, type TextEdit, ts } from '#api';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { enclosingFunction, isFunctionWithBody, isWithin } from '../../_shared/enclosing.ts';
import { indentAt, indentUnit, lineEnd } from '../../_shared/layout.ts';
import { boundNames } from '../../_shared/mentions.ts';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';
import { writePair } from './pairs.ts';
import { mayWriteIn } from './writes.ts';

/** Puts the statements from the first write to the second into one transaction of Prisma, with its client. */
export const inTransaction: Fix<unknown> = {
  title: 'Run both in one $transaction',
  safety: 'suggest',
  edits(ctx) {
    const callee = ctx.node(ts.isExpression);
    const fn = callee && enclosingFunction(callee);
    const pair = fn && writePair(mayWriteIn(fn), ctx);
    if (pair?.first.kind !== 'prisma' || /\btx\b/.test(fn?.getText() ?? '')) return undefined;
    const client = pair.first.root.getText();
    const statements = between(pair.first.node, pair.second.node);
    const [start] = statements ?? [];
    const end = statements?.at(-1);
    if (statements === undefined || start === undefined || end === undefined) return undefined;
    if (!statements.every((statement) => isPlain(statement, client, ctx))) return undefined;
    const needed = neededLater(statements);
    if (needed === undefined) return undefined;
    const eol = lineEnd(ctx.text);
    const indent = indentAt(ctx.text, start.getStart());
    const unit = indentUnit(ctx.text);
    const semicolon = end.getText().endsWith(';') ? ';' : '';
    const body = withHandle(statements, client, ctx.text.slice(start.getStart(), end.end))
      .split(/\r?\n/)
      .map((line, index) => (line === '' || index === 0 ? line : `${unit}${line}`))
      .join(eol);
    const handle = handleOf(ctx);
    const list = needed.length === 1 ? needed[0] : `{ ${needed.join(', ')} }`;
    const answer = needed.length === 0 ? '' : `${eol}${indent}${unit}return ${list}${semicolon}`;
    const result = needed.length === 0 ? '' : `const ${list} = `;
    const text = `${result}await ${client}.$transaction(async (${handle.text}) => {${eol}${indent}${unit}${body}${answer}${eol}${indent}})${semicolon}`;
    return [...handle.edits, ctx.replace({ start: start.getStart(), end: end.end }, text)];
  },
};

/** The parameter, with its type where the file imports the package that has it; an extended client hands out another. */
function handleOf(ctx: FixContext<unknown>): { readonly text: string; readonly edits: readonly TextEdit[] } {
  const isPlain = !/\.[cm]?jsx?$/.test(ctx.path) && !/\$extends\(/.test(ctx.text);
  const type = !isPlain ? undefined : bindImport(ctx, { module: '@prisma/client', name: 'Prisma', isType: true });
  if (type === undefined) return { text: 'tx', edits: [] };
  return { text: `tx: ${type.text}.TransactionClient`, edits: importEdits(ctx, [type]) };
}

/** The statements of one block from the one with the first node to the one with the second. */
function between(first: ts.Node, second: ts.Node): readonly ts.Statement[] | undefined {
  const block = ts.findAncestor(first, ts.isBlock);
  if (block === undefined) return undefined;
  const from = block.statements.findIndex((statement) => isWithin(first, statement));
  const to = block.statements.findIndex((statement) => isWithin(second, statement));
  return from < 0 || to <= from ? undefined : block.statements.slice(from, to + 1);
}

/** Nothing that leaves, assigns, or waits for anything else than the same client; no text over several lines. */
function isPlain(statement: ts.Statement, client: string, ctx: FixContext<unknown>): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isReturnStatement(node) || ts.isBreakOrContinueStatement(node) || ts.isYieldExpression(node)) return false;
    if (ts.isAwaitExpression(node)) {
      const call = dataCall(node, ctx);
      if (call?.kind !== 'prisma' || call.root.getText() !== client) return false;
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
    if (ts.isTemplateLiteral(node) && node.getText().includes('\n')) return false;
    if (isFunctionWithBody(node)) return true;
    return ts.forEachChild(node, (child) => (visit(child) ? undefined : true)) !== true;
  };
  return visit(statement);
}

/** Names declared there that are read later; `undefined` where one is no constant. */
function neededLater(statements: readonly ts.Statement[]): readonly string[] | undefined {
  const names = new Set<string>();
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) return undefined;
    for (const { name } of statement.declarationList.declarations) boundNames(name, names);
  }
  const last = statements.at(-1);
  const block = last?.parent;
  if (last === undefined || block === undefined || !ts.isBlock(block)) return undefined;
  const later = block.statements.slice(block.statements.indexOf(last) + 1);
  const text = later.map((statement) => statement.getText()).join('\n');
  return [...names].filter((name) => new RegExp(`\\b${name}\\b`).test(text));
}

/** The text of the statements with `tx` in place of the client. */
function withHandle(statements: readonly ts.Statement[], client: string, text: string): string {
  const start = statements[0]?.getStart() ?? 0;
  const places: number[] = [];
  const visit = (node: ts.Node): void => {
    const isMember = ts.isPropertyAccessExpression(node) && node.expression.getText() === client;
    if (isMember) places.push(node.expression.getStart() - start);
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  let result = text;
  for (const at of places.sort((a, b) => b - a)) {
    result = `${result.slice(0, at)}tx${result.slice(at + client.length)}`;
  }
  return result;
}
