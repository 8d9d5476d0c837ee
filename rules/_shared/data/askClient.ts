import type { Ask, Opener } from './openers.ts';

/** Code that throws where the other side of a client does not answer. */
const ASKS: Readonly<Record<Ask, (client: string) => string>> = {
  query: (client) => `await ${client}.query('SELECT 1')`,
  promisedQuery: (client) => `await ${client}.promise().query('SELECT 1')`,
  sql: (client) => `await ${client}\`SELECT 1\``,
  prisma: (client) => `await ${client}.$queryRaw\`SELECT 1\``,
  raw: (client) => `await ${client}.raw('SELECT 1')`,
  ping: (client) => `await ${client}.ping()`,
  command: (client) => `await ${client}.db().command({ ping: 1 })`,
  authenticate: (client) => `await ${client}.authenticate()`,
  counts: (client) => `await ${client}.getJobCounts()`,
  state: (client) => `if (${client}.connection.readyState !== 1) throw new Error('MongoDB is not connected')`,
};

/** The statement that asks a client, without its semicolon and with single quotes. */
export function askingStatement(ask: Ask, client: string): string {
  return ASKS[ask](client);
}

/** An expression that closes a client: a promise, unless that takes no time. */
export function closingExpression(
  { close, closes }: Pick<Opener, 'close' | 'closes'>,
  client: string,
  isTyped: boolean,
): string {
  const call = `${client}.${close}`;
  if (closes !== 'callback') return `${call}()`;
  return `new Promise${isTyped ? '<void>' : ''}((resolve) => ${call}(() => resolve()))`;
}
