import { ts, unwrap } from '#api';
import { calledName, memberAccess, option } from '../../_shared/calls.ts';
import { clientOf } from '../../_shared/data/clients.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';

/** Methods that run, or prepare, the text they are called with; other things have methods of some of these names. */
export const RUNS: ReadonlyMap<string, 'own' | 'common'> = new Map([
  ['query', 'own'],
  ['execute', 'own'],
  ['raw', 'own'],
  ['prepare', 'own'],
  ['$queryRawUnsafe', 'own'],
  ['$executeRawUnsafe', 'own'],
  ['queryRawUnsafe', 'own'],
  ['executeQuery', 'own'],
  ['runQuery', 'own'],
  ['queryOne', 'own'],
  ['oneOrNone', 'own'],
  ['manyOrNone', 'own'],
  ['literal', 'own'],
  ['whereRaw', 'own'],
  ['orWhereRaw', 'own'],
  ['andWhereRaw', 'own'],
  ['havingRaw', 'own'],
  ['orderByRaw', 'own'],
  ['joinRaw', 'own'],
  ['exec', 'common'],
  ['run', 'common'],
  ['get', 'common'],
  ['all', 'common'],
  ['each', 'common'],
  ['any', 'common'],
  ['many', 'common'],
  ['one', 'common'],
  ['none', 'common'],
]);

/** Methods of builders that take a piece of a statement, and the packages that have them. */
const FRAGMENTS = /^(?:literal|raw|\w+Raw)$/;
const FRAGMENT_PACKAGES = ['knex', 'objection', 'sequelize', 'drizzle-orm', '@prisma/client', 'kysely'];

/** A whole statement, by the words that it cannot do without. */
const STATEMENT =
  /^\s*(?:--[^\n]*\n\s*)*\(?\s*(?:select\b[\s\S]*\bfrom\b|insert\s+(?:ignore\s+)?into\b|replace\s+into\b|update\b[\s\S]*\bset\b|delete\s+from\b|with\b[\s\S]*\b(?:select|update|insert|delete)\b|call\s+\w|exec(?:ute)?\s+\w|(?:create|alter|drop|truncate)\s+(?:table|database|user|role|schema|index|view)\b)/i;

/** The text of a query: the first argument, or what stands under `text` (pg) or `sql` (mysql2) in it. */
export function textOf(call: ts.CallExpression): ts.Node | undefined {
  const [first] = call.arguments;
  if (first === undefined || !ts.isObjectLiteralExpression(unwrap(first))) return first;
  for (const name of ['text', 'sql', 'query']) {
    const text = option(first, name);
    if (text.kind === 'given') return text.value;
  }
  return undefined;
}

/** By syntax alone, a call whose text may be put together from pieces. */
export function mayBeBuilt(node: ts.CallExpression): boolean {
  const runs = RUNS.get(calledName(node) ?? '');
  const text = runs === undefined ? undefined : textOf(node);
  if (text === undefined) return false;
  const value = unwrap(text);
  if (ts.isTemplateExpression(value)) return true;
  if (ts.isBinaryExpression(value)) return value.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return ts.isIdentifier(value) && (runs === 'own' || /sql|query|stmt|statement|text/i.test(value.text));
}

/** Says whether a text that is put together so is run as SQL by the call it is passed to. */
export function runsAsSql(call: ts.CallExpression, skeleton: string, source: SourceView): boolean {
  if (STATEMENT.test(skeleton)) return true;
  const name = calledName(call) ?? '';
  if (FRAGMENTS.test(name)) {
    const known = FRAGMENT_PACKAGES.some((module) => source.header.modules.has(module));
    return known || dataCall(call, source)?.access === 'raw' || isBuilder(call, source);
  }
  const run = dataCall(call, source);
  return run?.access === 'raw' && run.certain && run.node === call;
}

function isBuilder(call: ts.CallExpression, source: SourceView): boolean {
  const member = memberAccess(unwrap(call.expression));
  return member !== undefined && clientOf(member.receiver, source)?.library.kind === 'knex';
}
