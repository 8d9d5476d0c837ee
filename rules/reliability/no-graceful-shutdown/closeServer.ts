import { type Finding, type FixContext, type FixEdit, ts } from '#api';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';

/**
 * Adds handlers behind the statement that listens, where it stands in the file of the application and at its top level: they
 * close the server, which waits for requests under way. What else the process opened is for people to add.
 */
export function closeServer(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const framework = finding.data['framework'];
  if (framework !== 'express' && framework !== 'koa' && framework !== 'fastify') return undefined;
  const { file, header, text } = ctx;
  if (header.topLevel.has('shutdown')) return undefined;
  const listening = file.statements.flatMap((statement) => listeningIn(statement) ?? []);
  const [only, ...others] = listening;
  if (only === undefined || others.length > 0) return undefined;
  const isFastify = framework === 'fastify';
  const name = isFastify ? only.app : (only.holder ?? 'server');
  const keeps = isFastify || only.holder !== undefined;
  if (!keeps && header.topLevel.has(name)) return undefined;
  const unit = indentUnit(text);
  const quote = quoteMark(text);
  const end = only.statement.getText().endsWith(';') ? ';' : '';
  const lines = isFastify
    ? ['const shutdown = async () => {', `${unit}await ${name}.close()${end}`, `}${end}`]
    : ['const shutdown = () => {', `${unit}${name}.close(() => process.exit(0))${end}`, `}${end}`];
  for (const signal of ['SIGTERM', 'SIGINT']) lines.push(`process.on(${quote}${signal}${quote}, shutdown)${end}`);
  const indent = indentAt(text, only.statement.getStart());
  const written = lines.map((line) => lineEnd(text) + indent + line).join('');
  const handlers = ctx.insert(only.statement.end, written);
  return keeps ? [handlers] : [ctx.insert(only.statement.getStart(), `const ${name} = `), handlers];
}

interface Listening {
  readonly statement: ts.Statement;
  /** The application, as written. */
  readonly app: string;
  /** Variable that holds the server already. */
  readonly holder: string | undefined;
}

/** `app.listen(3000);`, `const server = app.listen(3000);`, `await app.listen(…);`. */
function listeningIn(statement: ts.Statement): Listening | undefined {
  if (ts.isExpressionStatement(statement)) {
    const app = listener(statement.expression);
    return app === undefined ? undefined : { statement, app, holder: undefined };
  }
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration, ...others] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || others.length > 0 || !ts.isIdentifier(declaration.name))
    return undefined;
  const app = listener(declaration.initializer);
  return app === undefined ? undefined : { statement, app, holder: declaration.name.text };
}

function listener(expression: ts.Expression): string | undefined {
  const call = ts.isAwaitExpression(expression) ? expression.expression : expression;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  return call.expression.name.text === 'listen' ? call.expression.expression.getText() : undefined;
}
