import { ts, unwrap } from '#api';
import { calledName, memberCall, option } from '../../_shared/calls.ts';
import { chainOf, dataCallsIn } from '../../_shared/data/callsIn.ts';
import { isInstalled } from '../../_shared/data/clientTypes.ts';
import { dataCall } from '../../_shared/data/dataCalls.ts';
import { DATABASES, LIBRARIES } from '../../_shared/data/libraries/index.ts';
import type { ClientKind, DataCall } from '../../_shared/data/model.ts';
import { sqlStatement } from '../../_shared/data/sqlText.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { mentionsAny } from '../../_shared/mentions.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Loop, runsInRound } from './loops.ts';
import { roundNames } from './roundNames.ts';

/** A query that a loop sends once for each element. */
export interface RepeatedQuery {
  readonly node: DataCall['node'];
  readonly kind: 'read' | 'write';
}

/** Databases in the same process answer without a round trip: many small queries are their normal use. */
const IN_PROCESS: ReadonlySet<ClientKind> = new Set(['better-sqlite3', 'sqlite3']);

/** Queries that take a list, or that a list was cut up for. */
const TAKES_LIST = /^(?:createMany|createManyAndReturn|insertMany|bulkCreate|bulkWrite|bulkSave)$/;
const INSERTS = /^(?:create|insert|insertOne|save)$/;
const REMOVES = /^(?:delete|deleteOne|destroy|remove|findByIdAndDelete|softDelete)$/;

/** Queries of one loop's rounds that differ by its element alone, in source order. */
export function repeatedQueries(loop: Loop, source: SourceView): readonly RepeatedQuery[] {
  const calls = dataCallsIn(loop.body, source, (node) => !isFunctionWithBody(node) || runsInRound(node));
  const names = roundNames(loop);
  const found: RepeatedQuery[] = [];
  for (const call of calls) {
    if (!DATABASES.has(call.kind) || IN_PROCESS.has(call.kind)) continue;
    const kind = repeats(call, loop, names, source);
    if (kind !== undefined) found.push({ node: call.node, kind });
  }
  return found.length > 0 ? found : namedRepositories(loop, names.keyed, source);
}

type Names = ReturnType<typeof roundNames>;

function repeats(call: DataCall, loop: Loop, names: Names, source: SourceView): RepeatedQuery['kind'] | undefined {
  const chain = chainOf(call.node);
  if (!isKeyed(chain, names.keyed) || isKeyed(chain, names.carried) || asksForList(chain, names.keyed))
    return undefined;
  // Prisma gathers these itself while they are asked for in one go.
  if (call.kind === 'prisma' && loop.together && /^findUnique/.test(call.method)) return undefined;
  const isWrite = call.access === 'write' || isWriteBuilder(call, chain);
  if (isWrite) return isPlainWrite(call.node, loop) ? writes(call, chain, names) : undefined;
  if (call.access === 'read') return takesSome(chain) ? undefined : 'read';
  if (call.access !== 'raw' || !isKeyedValue(call, names.keyed)) return undefined;
  const verb = sqlStatement(call, source)?.verb;
  if (verb === 'select') return 'read';
  return (verb === 'insert' || verb === 'delete') && isPlainWrite(call.node, loop) ? 'write' : undefined;
}

/** Writes that one call could do for all elements. */
function writes({ node, method }: DataCall, chain: ts.Node, { keyed }: Names): 'write' | undefined {
  if (TAKES_LIST.test(method)) return undefined;
  const first = ts.isCallExpression(node) ? node.arguments[0] : undefined;
  const names = [method, ...methodsOf(chain)];
  if (names.some((name) => INSERTS.test(name))) {
    return first !== undefined && hasRelations(first) ? undefined : 'write';
  }
  return names.some((name) => REMOVES.test(name)) && first !== undefined && mentionsAny(first, keyed)
    ? 'write'
    : undefined;
}

/** `{ data: { tags: { connect: … } } }`: only single records can be written with what belongs to them. */
function hasRelations(node: ts.Node): boolean {
  if (
    ts.isPropertyAssignment(node) &&
    /^(?:connect|create|connectOrCreate|include|select)$/.test(node.name.getText())
  ) {
    return true;
  }
  return ts.forEachChild(node, (child) => hasRelations(child) || undefined) === true;
}

function methodsOf(chain: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let at = unwrap(chain); ts.isCallExpression(at); ) {
    const member = memberCall(at);
    if (member === undefined) break;
    names.push(member.name);
    at = unwrap(member.receiver);
  }
  return names;
}

/** A builder of TypeORM runs with `execute`, whatever it was built for. */
function isWriteBuilder({ kind }: DataCall, chain: ts.Node): boolean {
  return kind === 'typeorm' && methodsOf(chain).some((name) => name === 'execute');
}

/** The first ten of each: no plain query gives those for all. */
function takesSome(chain: ts.Node): boolean {
  if (methodsOf(chain).some((name) => name === 'limit' || name === 'take')) return true;
  const call = unwrap(chain);
  const [options] = ts.isCallExpression(call) ? call.arguments : [];
  return ['take', 'limit'].some((name) => option(options, name).kind === 'given');
}

/** Whether the element is among what the query is given. */
function isKeyed(chain: ts.Node, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  let node = unwrap(chain);
  for (;;) {
    if (ts.isTaggedTemplateExpression(node)) return mentionsAny(node.template, names);
    if (ts.isCallExpression(node)) {
      if (node.arguments.some((argument) => mentionsAny(argument, names))) return true;
      node = unwrap(node.expression);
    } else if (ts.isPropertyAccessExpression(node) || ts.isAwaitExpression(node)) {
      node = unwrap(node.expression);
    } else return false;
  }
}

/** `{ in: item.ids }`, `In(chunk)`: one query for many is what is done here. */
function asksForList(chain: ts.Node, names: ReadonlySet<string>): boolean {
  const visit = (node: ts.Node): boolean => {
    const isList =
      (ts.isPropertyAssignment(node) &&
        /^(?:\$?(?:in|nin|notIn|overlap|hasSome|or)|\[Op\.\w+\])$/i.test(node.name.getText())) ||
      (ts.isCallExpression(node) &&
        /^(?:In|inArray|notInArray|whereIn|orWhereIn|whereNotIn)$/.test(calledName(node) ?? ''));
    if (isList && mentionsAny(node, names)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(chain);
}

/** Whether something is done with the answer. */
function isUsed(chain: ts.Node): boolean {
  let node = chain;
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  return !ts.isExpressionStatement(node.parent);
}

/** Nothing is done with the answer, and no element fails for itself: a single write could do both. */
function isPlainWrite(node: ts.Node, { body }: Loop): boolean {
  if (isUsed(chainOf(node))) return false;
  for (let at = node; at !== body; at = at.parent) if (ts.isTryStatement(at.parent)) return false;
  return true;
}

/** The element is a value of the statement; as a part of its text, a table or a condition, it makes another one of it. */
function isKeyedValue({ node }: DataCall, names: ReadonlySet<string>): boolean {
  if (ts.isTaggedTemplateExpression(node)) return true;
  const [text, ...values] = node.arguments;
  return text !== undefined && !mentionsAny(text, names) && values.some((argument) => mentionsAny(argument, names));
}

/** Repositories of the project's own, known by what they are called: `this.userRepository.findById(id)`. */
function namedRepositories(loop: Loop, names: ReadonlySet<string>, source: SourceView): readonly RepeatedQuery[] {
  const hasDatabase = LIBRARIES.some(
    (library) => DATABASES.has(library.kind) && !IN_PROCESS.has(library.kind) && isInstalled(library, source.header),
  );
  const found: RepeatedQuery[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunctionWithBody(node) && !runsInRound(node)) return;
    if (ts.isAwaitExpression(node)) {
      const call = unwrap(node.expression);
      if (ts.isCallExpression(call) && isRepositoryRead(call, names) && dataCall(call, source) === undefined) {
        found.push({ node: call, kind: 'read' });
      }
    }
    ts.forEachChild(node, visit);
  };
  if (hasDatabase) visit(loop.body);
  return found;
}

function isRepositoryRead(call: ts.CallExpression, names: ReadonlySet<string>): boolean {
  const member = memberCall(call);
  if (member === undefined || !/^(?:find|get|load|count)(?!\w*(?:Ids|Many|In|Cached)$)/.test(member.name)) return false;
  const receiver = unwrap(member.receiver);
  const name = ts.isIdentifier(receiver)
    ? receiver.text
    : ts.isPropertyAccessExpression(receiver)
      ? receiver.name.text
      : '';
  if (!/(?:Repository|Repo|Dao)$/.test(name)) return false;
  return call.arguments.some((argument) => mentionsAny(argument, names)) && !hasLimit(call);
}

function hasLimit(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => option(argument, 'in').kind === 'given');
}
