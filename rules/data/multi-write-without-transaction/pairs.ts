import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { chainOf } from '../../_shared/data/callsIn.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { boundNames, mentionsAny } from '../../_shared/mentions.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { isBystander } from './deliberate.ts';
import { mayFail, runsAfter } from './paths.ts';
import { type Write, writesAmong } from './writes.ts';

/** Two writes that have to agree, the second of which may fail when the first is done. */
export interface WritePair {
  readonly first: Write;
  readonly second: Write;
}

/** The first two writes among the calls of a function to different tables of one database that one path runs. */
export function writePair(calls: readonly Write['node'][], source: SourceView): WritePair | undefined {
  const writes = writesAmong(calls, source).filter((write) => !isBystander(write) && !isGiven(write));
  const about = subjectsIn(source);
  for (const [index, second] of writes.entries()) {
    const first = writes.slice(0, index).find((earlier) => belongsTogether(earlier, second, about));
    if (first === undefined || !runsAfter(first.node, second.node) || isInLoop(first)) continue;
    if (!mayFail(first.node, second.node) && !isUndone(first, writes)) return { first, second };
  }
  return undefined;
}

/** A loop goes through many, one after the other: it stops in the middle anyway, and is written to be run again. */
function isInLoop(first: Write): boolean {
  const loop = ts.findAncestor(first.node, (node) =>
    isFunctionWithBody(node) ? 'quit' : ts.isIterationStatement(node, false),
  );
  return loop !== undefined;
}

/** Names that tell what a write is about. */
interface Subjects {
  /** Of the values it is given, and of what those are made of. */
  readonly given: ReadonlySet<string>;
  /** Those, and what its answer is called. */
  readonly all: ReadonlySet<string>;
}

/** Looks at each write once, and only at those that are compared. */
function subjectsIn(source: SourceView): (write: Write) => Subjects {
  const known = new Map<Write, Subjects>();
  return (write) => {
    let found = known.get(write);
    if (found === undefined) {
      const given = subjects(write, source);
      const all = new Set(given);
      const declaration = ts.findAncestor(write.node, ts.isVariableDeclaration);
      if (declaration !== undefined) boundNames(declaration.name, all);
      found = { given, all };
      known.set(write, found);
    }
    return found;
  };
}

/** Whether the second write is about what the first one is about. */
function belongsTogether(first: Write, second: Write, about: (write: Write) => Subjects): boolean {
  if (first.kind !== second.kind) return false;
  if (first.target === second.target && !movesBetween(first, second)) return false;
  // What can be run again until it is done needs no transaction.
  if (first.repeatable || isCreatedWhenMissing(first, second)) return false;
  const names = about(first).all;
  return [...about(second).given].some((name) => names.has(name));
}

/** What one record loses another one gains: `balance - ?` and `balance + ?`, `decrement` and `increment`. */
function movesBetween(first: Write, second: Write): boolean {
  const [one, other] = [counted(first), counted(second)];
  return one !== undefined && other !== undefined && one.by !== other.by && one.amount === other.amount;
}

/** Whether a write counts up or down, and by how much, as it is written. */
function counted({ node }: Write): { readonly by: 'more' | 'less'; readonly amount: string } | undefined {
  const chain = chainOf(node);
  const text = chain.getText();
  const sql = /\bset\s+(["`\w.]+)\s*=\s*\1\s*([+-])/i.exec(text);
  if (sql !== null) return { by: sql[2] === '+' ? 'more' : 'less', amount: sql[1] ?? '' };
  const named = /\b(increment|decrement)\b['"]?\s*[:(]/.exec(text);
  if (named !== null) return { by: named[1] === 'increment' ? 'more' : 'less', amount: '' };
  const inc = /\$inc['"]?\s*:\s*\{\s*['"]?([\w.]+)['"]?\s*:\s*(-?)/.exec(text);
  return inc === null ? undefined : { by: inc[2] === '-' ? 'less' : 'more', amount: inc[1] ?? '' };
}

/** `if (!contact) contact = await Contact.create(…)`: found the next time. */
function isCreatedWhenMissing({ node, method }: Write, second: Write): boolean {
  if (!/^(?:create|insert|save|query)/.test(method)) return false;
  const test = ts.findAncestor(node, ts.isIfStatement);
  const isOutside = test !== undefined && !(second.node.pos >= test.pos && second.node.end <= test.end);
  return isOutside && ts.isPrefixUnaryExpression(test.expression) && node.pos >= test.thenStatement.pos;
}

const REQUESTS = new Set(['req', 'request', 'ctx', 'c']);

/** Names of the values that a write is given, and of what those are made of. */
function subjects({ node }: Write, source: SourceView): Set<string> {
  const names = new Set<string>();
  const gather = (at: ts.Node, depth: number): void => {
    if (ts.isPropertyAccessExpression(at) && REQUESTS.has(rootText(at))) {
      names.add(at.getText());
      return;
    }
    if (ts.isIdentifier(at) && mentionsAny(at, new Set([at.text]))) {
      names.add(at.text);
      const declaration = depth > 0 ? source.lookup(at) : undefined;
      const value =
        declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
      if (value !== undefined && ts.findAncestor(value, isFunctionWithBody) !== undefined) gather(value, depth - 1);
    }
    ts.forEachChild(at, (child) => gather(child, depth));
  };
  for (const at of givenTo(node)) gather(at, 1);
  return names;
}

/** Arguments of all calls of a chain. */
function givenTo(node: Write['node']): readonly ts.Node[] {
  if (ts.isTaggedTemplateExpression(node)) return [node.template];
  const given: ts.Node[] = [];
  for (let at: ts.Node = unwrap(chainOf(node)); ; ) {
    if (ts.isCallExpression(at)) {
      given.push(...at.arguments);
      at = unwrap(at.expression);
    } else if (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
    else return given;
  }
}

function rootText(node: ts.Node): string {
  let at = unwrap(node);
  while (ts.isPropertyAccessExpression(at)) at = unwrap(at.expression);
  return ts.isIdentifier(at) ? at.text : '';
}

/** `{ transaction }`, `{ session }`: part of somebody's transaction. */
function isGiven({ node }: Write): boolean {
  return ts.isCallExpression(node) && node.arguments.some((argument) => hasHandle(unwrap(argument)));
}

function hasHandle(options: ts.Node): boolean {
  return (
    ts.isObjectLiteralExpression(options) &&
    options.properties.some(
      ({ name }) => name !== undefined && /^(?:transaction|session|transacting)$/.test(name.getText()),
    )
  );
}

/** `catch { await Order.delete(…) }`: taken back by hand. */
function isUndone(first: Write, writes: readonly Write[]): boolean {
  return writes.some(
    (other) =>
      other.target === first.target &&
      ts.isCallExpression(other.node) &&
      /delete|destroy|remove|update/i.test(calledName(other.node) ?? '') &&
      ts.findAncestor(other.node, ts.isCatchClause) !== undefined,
  );
}
