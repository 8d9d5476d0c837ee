import { ts, unwrap } from '#api';
import type { SourceView } from '../../_shared/sourceView.ts';
import { type Listening, listeningOf } from './listening.ts';

/**
 * The same event of the same emitter, handled by a statement before, in the same block. `undefined` when there is none, or
 * when something between them takes listeners away or gives the emitter another value.
 */
export function earlierListening(own: Listening, source: SourceView): Listening | undefined {
  const before = inChain(own);
  if (before !== undefined) return before;
  const statement = statementOf(own.call);
  const block = statement?.parent;
  if (statement === undefined || block === undefined || !isBlockLike(block)) return undefined;
  if (ts.isSourceFile(block)) source.relyOn(block);
  const index = block.statements.indexOf(statement);
  for (let at = index - 1; at >= 0; at--) {
    const found = chainIn(block.statements[at]).find((listening) => isSame(listening, own));
    if (found === undefined) continue;
    const changes = changesOf(own);
    const between = block.statements.slice(at + 1, index);
    return between.some((other) => changes.test(other.getText())) ? undefined : found;
  }
  return undefined;
}

type BlockLike = ts.Block | ts.SourceFile;

function isBlockLike(node: ts.Node): node is BlockLike {
  return ts.isBlock(node) || ts.isSourceFile(node);
}

/**
 * Takes listeners away, or gives the emitter or the handler another value; within a handler as well, which cannot be told
 * apart.
 */
function changesOf({ emitter, handler }: Listening): RegExp {
  const own = /^[\w$#]+(?:\.[\w$#]+)*/.exec(handler.getText())?.[0].replace(/\.bind$/, '');
  const names = [emitter, ...(own === undefined ? [] : [own])];
  const given = names.flatMap((name) => [name, name.split('.')[0] ?? name]).map(escaped);
  return new RegExp(
    `(?:^|[^\\w$.])${escaped(emitter)}\\s*\\.\\s*(?:off|removeListener|removeAllListeners|removeEventListener)\\b|(?:^|[^\\w$.])(?:${given.join('|')})\\s*=[^=>]`,
  );
}

function escaped(name: string): string {
  return name.replace(/[$.#]/g, '\\$&');
}

function isSame(a: Listening, b: Listening): boolean {
  return a.call !== b.call && a.emitter === b.emitter && a.event === b.event;
}

/** An earlier link of the same chain. */
function inChain(own: Listening): Listening | undefined {
  const callee = unwrap(own.call.expression);
  const receiver = ts.isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  if (receiver === undefined || !ts.isCallExpression(receiver)) return undefined;
  return links(receiver).find((link) => isSame(link, own));
}

/** The statement that a chain of `on` is on its own. */
function statementOf(call: ts.CallExpression): ts.ExpressionStatement | undefined {
  let at: ts.Node = call;
  while (ts.isPropertyAccessExpression(at.parent) || ts.isCallExpression(at.parent)) {
    if (at.parent.expression !== at) return undefined;
    at = at.parent;
  }
  return ts.isExpressionStatement(at.parent) ? at.parent : undefined;
}

function chainIn(statement: ts.Statement | undefined): readonly Listening[] {
  if (statement === undefined || !ts.isExpressionStatement(statement)) return [];
  const call = unwrap(statement.expression);
  return ts.isCallExpression(call) ? links(call) : [];
}

/** What is added by a call and by those that its chain begins with. */
function links(call: ts.CallExpression): readonly Listening[] {
  const found: Listening[] = [];
  let at: ts.Node = call;
  while (ts.isCallExpression(at)) {
    const listening = listeningOf(at);
    if (listening !== undefined) found.push(listening);
    const callee = unwrap(at.expression);
    if (!ts.isPropertyAccessExpression(callee)) break;
    at = unwrap(callee.expression);
  }
  return found;
}
