import { type Fix, type FunctionNode, ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { indentAt, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { nameWords } from '../../_shared/nameWords.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { isPlainReference } from '../../_shared/web/plainReference.ts';
import { entryAround } from './entries.ts';

const TEXTS: Readonly<Record<string, string>> = {
  removed: 'An account was deleted',
  changed: 'The rights of an account were changed',
};

/** Says in the log of the request, or with the logger that the file imports, what was done, to whom and by whom. */
export const logIt: Fix<unknown> = {
  title: 'Write it to the log',
  safety: 'suggest',
  edits(ctx, finding) {
    const callee = ctx.node(ts.isExpression);
    const entry = callee && entryAround(callee, ctx);
    const behind = callee && lastStatement(callee);
    const logger = entry && loggerAtHand(entry, ctx);
    if (callee === undefined || entry === undefined || behind === undefined || logger === undefined) return undefined;
    // Inside of a transaction nothing is done yet.
    if (enclosingFunction(callee) !== entry) return undefined;
    const by = /\b\w+\.user(?:\?\.|\.)(?:id|_id|sub|email)\b/.exec(entry.getText())?.[0];
    const account = ts.isCallExpression(callee.parent) ? accountIn(callee.parent) : undefined;
    const known = [
      ...(by === undefined ? [] : [`by: ${by}`]),
      ...(account === undefined ? [] : [`account: ${account}`]),
    ];
    const quote = quoteMark(ctx.text);
    const text = `${quote}${TEXTS[finding.messageId] ?? ''}${quote}`;
    const details = known.length === 0 ? [] : [`{ ${known.join(', ')} }`];
    const given = logger.takesDetailsFirst ? [...details, text] : [text, ...details];
    const end = ctx.text.slice(0, behind.end).endsWith(';') ? ';' : '';
    const line = `${lineEnd(ctx.text)}${indentAt(ctx.text, behind.getStart())}`;
    return [ctx.insert(behind.end, `${line}${logger.name}.info(${given.join(', ')})${end}`)];
  },
};

/** The statement of the write, or the one behind it that turns away those for whom nothing was found. */
function lastStatement(callee: ts.Expression): ts.Statement | undefined {
  const statement = ts.findAncestor(callee, ts.isStatement);
  const block = statement?.parent;
  if (statement === undefined || block === undefined || !ts.isBlock(block)) return undefined;
  if (ts.isExpressionStatement(statement)) return statement;
  if (!ts.isVariableStatement(statement)) return undefined;
  const name = statement.declarationList.declarations[0]?.name.getText();
  const next = block.statements[block.statements.indexOf(statement) + 1];
  const isGuard = next !== undefined && ts.isIfStatement(next) && next.expression.getText() === `!${name}`;
  return isGuard ? next : statement;
}

interface LoggerAtHand {
  readonly name: string;
  /** Pino and bunyan take the object before the text. */
  readonly takesDetailsFirst: boolean;
}

function loggerAtHand(entry: FunctionNode, source: SourceView): LoggerAtHand | undefined {
  const { header } = source;
  const handler = handlerOf(entry, source);
  const request = handler?.parameters.request?.name;
  if (handler?.framework === 'fastify' && request !== undefined && ts.isIdentifier(request)) {
    return { name: `${request.text}.log`, takesDetailsFirst: true };
  }
  const name = [...header.imports.keys()].find((local) => /^[a-z]/.test(local) && nameWords(local).at(-1) === 'logger');
  const isPino = ['pino', 'bunyan', 'pino-http'].some((module) => header.dependency(module) !== undefined);
  return name === undefined ? undefined : { name, takesDetailsFirst: isPino };
}

/** What the write is told the account by, when saying it again costs nothing: `req.params.id`. */
function accountIn(call: ts.CallExpression): string | undefined {
  const visit = (node: ts.Node, depth: number): string | undefined => {
    const inner = unwrap(node);
    if (depth > 2 || !ts.isObjectLiteralExpression(inner)) return undefined;
    for (const property of inner.properties) {
      if (ts.isShorthandPropertyAssignment(property) && isKey(property.name.text)) return property.name.text;
      if (!ts.isPropertyAssignment(property)) continue;
      const { name, initializer } = property;
      if (isKey(name.getText()) && isPlainReference(initializer)) return initializer.getText();
      const found = /^where$/.test(name.getText()) ? visit(initializer, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  return isPlainReference(first) ? first.getText() : visit(first, 0);
}

function isKey(name: string): boolean {
  return /^(?:_?id|user_?id)$/i.test(name);
}
