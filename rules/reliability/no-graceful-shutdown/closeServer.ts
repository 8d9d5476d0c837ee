import type { Finding, FixContext, FixEdit, FixSource } from '#api';
import { behindStatement } from '../../_shared/behindStatement.ts';
import { closingExpression } from '../../_shared/data/askClient.ts';
import { indentAt, indentUnit, lineEnd, quoteMark } from '../../_shared/layout.ts';
import { rememberedClients } from '../../_shared/project/openedClients.ts';
import { type Place, type ReachedClient, reachClients } from '../../_shared/project/reachClients.ts';
import { connectionFacet } from '../../_shared/testing/connections/connectionFacet.ts';
import { type Listening, listeningIn } from './listening.ts';

/**
 * Adds handlers behind the statement that listens, in whichever file it stands: they close the server, which waits for
 * requests under way, and then the clients that the service opened.
 */
export function closeServer(ctx: FixContext<unknown>, finding: Finding): readonly FixEdit[] | undefined {
  const { framework, listens } = finding.data;
  if (framework !== 'express' && framework !== 'koa' && framework !== 'fastify') return undefined;
  const root = ctx.path.slice(0, ctx.path.length - ctx.header.localPath.length).replace(/\/$/, '');
  const path = `${root}/${String(listens)}`;
  const source = path === ctx.path ? ctx : ctx.source(path);
  if (source === undefined) return undefined;
  const place = placeOf(source);
  const [only, ...others] = listeningIn(source);
  if (only === undefined || others.length > 0) return undefined;
  const opened = rememberedClients(finding.data, ctx.all(connectionFacet), root);
  const reached = reachClients(opened, place, ctx);
  const handlers = reached && handlersFor(only, framework === 'fastify', reached.clients, place);
  return handlers && [...reached.imports, ...handlers];
}

function placeOf({ path, text, file, header }: FixSource): Place {
  return { path, text, file, header, insert: (start, newText) => ({ path, start, end: start, newText }) };
}

function handlersFor(
  { statement, receiver, isApp, holder }: Listening,
  isFastify: boolean,
  clients: readonly ReachedClient[],
  { text, insert, path }: Place,
): readonly FixEdit[] | undefined {
  // The application of Fastify is its server; one that was made by hand has a name already.
  const closed = isFastify || !isApp ? receiver : (holder ?? 'server');
  const isNew = closed === 'server' && !isFastify && isApp && holder === undefined;
  if (declares(isNew ? ['server', 'shutdown'] : ['shutdown'], text) || !/^[\w$.]+$/.test(closed)) return undefined;
  const unit = indentUnit(text);
  const quote = quoteMark(text);
  const end = statement.getText().endsWith(';') ? ';' : '';
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const closings = clients.map((client) => closingExpression(client, client.local, isTyped));
  const closing = closings.length === 0 ? [] : [`await Promise.allSettled([${closings.join(', ')}])${end}`];
  const lines = isFastify
    ? [
        'const shutdown = async () => {',
        ...[`await ${closed}.close()${end}`, ...closing].map((line) => unit + line),
        `}${end}`,
      ]
    : closing.length === 0
      ? ['const shutdown = () => {', `${unit}${closed}.close(() => process.exit(0))${end}`, `}${end}`]
      : [
          'const shutdown = () => {',
          `${unit}${closed}.close(async () => {`,
          ...[...closing, `process.exit(0)${end}`].map((line) => unit + unit + line),
          `${unit}})${end}`,
          `}${end}`,
        ];
  for (const signal of ['SIGTERM', 'SIGINT']) lines.push(`process.on(${quote}${signal}${quote}, shutdown)${end}`);
  const start = statement.getStart();
  const eol = lineEnd(text);
  const written = eol + lines.map((line) => eol + indentAt(text, start) + line).join('');
  const handlers = insert(behindStatement(text, statement), written);
  return isNew ? [insert(start, `const ${closed} = `), handlers] : [handlers];
}

/** Whether anything in the file has one of these names, wherever. */
function declares(names: readonly string[], text: string): boolean {
  return (
    new RegExp(`\\b(?:const|let|var|function|class)\\s+(?:${names.join('|')})\\b`).test(text) ||
    names.some((name) => new RegExp(`import[^;'"]*\\b${name}\\b[^;'"]*from`).test(text))
  );
}
