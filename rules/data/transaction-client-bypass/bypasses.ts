import { type FunctionNode, ts, unwrap } from '#api';
import { chainOf, dataCallsIn } from '../../_shared/data/callsIn.ts';
import type { ClientKind, DataCall } from '../../_shared/data/model.ts';
import { mayBeTransaction, type Transaction } from '../../_shared/data/transactions.ts';
import { mentionsName } from '../../_shared/mentions.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { withoutAwait } from '../../_shared/withoutAwait.ts';
import { isAfterFailure, isSaidToBeOutside, runsLater } from './deliberate.ts';
import { mayBeElsewhere } from './otherDatabase.ts';
import type { SessionTransaction } from './sessions.ts';

/** A query that goes around the transaction it stands in. */
export interface Bypass {
  /** The client that is used instead; for messages about options the whole callee. */
  readonly place: ts.Node;
  readonly message: 'outer' | 'unused' | 'option';
  readonly client: string;
  /** The callback's own client, empty where it takes none. */
  readonly handle: string;
}

/** Libraries whose callback gets a client; the others get a handle that goes among the options of every call. */
const HANDS_CLIENT: ReadonlySet<ClientKind> = new Set(['prisma', 'typeorm', 'knex', 'drizzle']);
const TAKES_OPTION: ReadonlySet<ClientKind> = new Set(['sequelize', 'mongoose']);

/** All queries of a transaction's callback that go around it, in source order. */
export function bypasses(transaction: Transaction, source: SourceView): readonly Bypass[] {
  const { kind } = transaction.opened;
  if (HANDS_CLIENT.has(kind)) return outerClients(transaction, source);
  return TAKES_OPTION.has(kind) ? missingOptions(transaction, source) : [];
}

function outerClients(transaction: Transaction, source: SourceView): readonly Bypass[] {
  const { callback, handle, opened } = transaction;
  const name = handle === undefined ? '' : ts.isIdentifier(handle.name) ? handle.name.text : undefined;
  // `({ user }) => …` takes what it needs apart.
  if (name === undefined) return [];
  const found: Bypass[] = [];
  for (const call of callsIn(callback, source)) {
    if (call.kind !== opened.kind || !(call.access === 'read' || call.access === 'write' || call.access === 'raw'))
      continue;
    if (call.role === 'transaction' || isFromInside(call.root, callback, source)) continue;
    // Another library's value that looks alike must not be taken for the client: either it shows, or it is the same one.
    if (!call.certain && call.root.getText() !== opened.root.getText()) continue;
    if (mayBeElsewhere(call, opened, source) || joinsByHand(call, name) || isMeant(call, callback)) continue;
    const place = receiverOf(call);
    found.push({ place, message: name === '' ? 'unused' : 'outer', client: place.getText(), handle: name });
  }
  return found;
}

/**
 * Calls without the handle. Sequelize and Mongoose can pass it on by themselves when they are set up so, which no file but
 * one shows; so a call counts only beside others that are given it.
 */
function missingOptions({ callback, handle, opened }: Transaction, source: SourceView): readonly Bypass[] {
  if (handle === undefined || !ts.isIdentifier(handle.name)) return [];
  return callsWithout([handle.name.text], callback, [opened.kind], source);
}

/** Libraries whose sessions run a callback by themselves. */
const HAVE_SESSIONS: readonly ClientKind[] = ['mongoose', 'mongodb'];

/** Queries in the callback of `session.withTransaction(…)` that are not given the session. */
export function sessionBypasses({ callback, names }: SessionTransaction, source: SourceView): readonly Bypass[] {
  return callsWithout(names, callback, HAVE_SESSIONS, source);
}

function callsWithout(
  names: readonly string[],
  callback: FunctionNode,
  kinds: readonly ClientKind[],
  source: SourceView,
): readonly Bypass[] {
  const calls = callsIn(callback, source).filter(
    ({ kind, access }) => kinds.includes(kind) && (access === 'read' || access === 'write'),
  );
  const given = calls.filter((call) => names.some((name) => mentionsName(chainOf(call.node), name)));
  if (given.length === 0) return [];
  return calls
    .filter((call) => !given.includes(call) && !mayBeGiven(call.node) && !isMeant(call, callback))
    .map(({ node }) => {
      const place = ts.isCallExpression(node) ? node.expression : node.tag;
      return { place, message: 'option', client: place.getText(), handle: names[0] ?? '' };
    });
}

/** Calls that do something to data inside a callback, those of transactions inside it left to themselves. */
function callsIn({ body }: FunctionNode, source: SourceView): readonly DataCall[] {
  if (body === undefined) return [];
  return dataCallsIn(body, source, (node) => !(ts.isCallExpression(node) && mayBeTransaction(node)));
}

/** True for what the callback itself declares, its parameter and everything made of it. */
function isFromInside(root: ts.Node, callback: FunctionNode, source: SourceView): boolean {
  let node = withoutAwait(root);
  while (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) node = withoutAwait(node.expression);
  if (!ts.isIdentifier(node)) return false;
  const declaration = source.lookup(node);
  return declaration !== undefined && declaration.pos >= callback.pos && declaration.end <= callback.end;
}

function isMeant({ node }: DataCall, callback: FunctionNode): boolean {
  return runsLater(node, callback) || isAfterFailure(node, callback) || isSaidToBeOutside(node);
}

/** `knex('users').insert(…).transacting(trx)`, `users.createQueryBuilder('user', manager.queryRunner)`. */
function joinsByHand({ node }: DataCall, handle: string): boolean {
  if (handle === '') return false;
  for (let at = chainOf(node); ; at = unwrap(at.expression)) {
    if (ts.isCallExpression(at) && at.arguments.some((argument) => hands(argument, handle))) return true;
    if (!ts.isCallExpression(at) && !ts.isPropertyAccessExpression(at) && !ts.isElementAccessExpression(at))
      return false;
  }
}

/** The handle itself, a member of it, or an option that is one. */
function hands(argument: ts.Node, handle: string): boolean {
  let node = unwrap(argument);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.some((property) =>
      ts.isPropertyAssignment(property)
        ? hands(property.initializer, handle)
        : ts.isShorthandPropertyAssignment(property) && property.name.text === handle,
    );
  }
  while (ts.isPropertyAccessExpression(node)) node = unwrap(node.expression);
  return ts.isIdentifier(node) && node.text === handle;
}

/** What the client is called where it is used: `prisma`, `this.users`, `this.source.manager`. */
function receiverOf({ kind, node, root }: DataCall): ts.Node {
  if (kind !== 'typeorm' || !ts.isCallExpression(node)) return root;
  const callee = unwrap(node.expression);
  const receiver = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : root;
  return ts.isPropertyAccessExpression(receiver) || ts.isIdentifier(receiver) ? receiver : root;
}

/** Options out of sight may hold the handle. */
function mayBeGiven(node: DataCall['node']): boolean {
  if (!ts.isCallExpression(node)) return true;
  return node.arguments.some((argument, index) => {
    const value = unwrap(argument);
    if (ts.isSpreadElement(value)) return true;
    if (ts.isObjectLiteralExpression(value)) return value.properties.some(ts.isSpreadAssignment);
    return index > 0 && !ts.isLiteralExpression(value);
  });
}
