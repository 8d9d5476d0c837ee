import { ts, unwrap } from '#api';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { namesOf } from '../../_shared/namesOf.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import type { FanOut } from './fanOut.ts';
import { isBounded } from './lists.ts';

/**
 * What fills an empty list of promises that a function keeps: one loop over another list, in which nothing is waited for.
 * Where anything else is done with the list, somebody may wait for part of it.
 */
export function pushedTo(list: ts.Identifier, { lookup }: SourceView): FanOut | undefined {
  const declaration = lookup(list);
  const owner = declaration && enclosingFunction(declaration);
  if (owner?.body === undefined) return undefined;
  const loops = new Set<Loop>();
  for (const name of namesOf(list.text, owner.body)) {
    if (!ts.isIdentifier(name) || name === list || lookup(name) !== declaration || name.parent === declaration)
      continue;
    const loop = loopAround(pushOf(name), owner);
    if (loop === undefined) return undefined;
    loops.add(loop);
  }
  const [loop, ...others] = loops;
  if (loop === undefined || others.length > 0 || isBounded(loop) || waits(bodyOf(loop))) return undefined;
  const walked = listOf(loop);
  return walked && { list: walked, work: bodyOf(loop) };
}

/** A loop, or the call of `forEach`. */
type Loop = ts.ForOfStatement | ts.ForStatement | ts.CallExpression;

/** `list.push(…)`, of a mention of the list. */
function pushOf(name: ts.Identifier): ts.Node | undefined {
  const access = name.parent;
  const isPush = ts.isPropertyAccessExpression(access) && access.expression === name && access.name.text === 'push';
  return isPush && ts.isCallExpression(access.parent) ? access.parent : undefined;
}

function loopAround(push: ts.Node | undefined, owner: ts.Node): Loop | undefined {
  for (let at = push; at !== undefined && at !== owner; at = at.parent) {
    if (ts.isForOfStatement(at) || ts.isForStatement(at)) return at;
    if (ts.isIterationStatement(at, false)) return undefined;
    if (isFunctionWithBody(at)) return isForEach(at.parent) ? at.parent : undefined;
  }
  return undefined;
}

function isForEach(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'forEach'
  );
}

function bodyOf(loop: Loop): ts.Node {
  return ts.isCallExpression(loop) ? (loop.arguments[0] ?? loop) : loop.statement;
}

/** `urls` of `for (const url of urls)`, `for (let i = 0; i < urls.length; i++)` and `urls.forEach(…)`. */
function listOf(loop: Loop): ts.Expression | undefined {
  if (ts.isForOfStatement(loop)) return loop.awaitModifier === undefined ? loop.expression : undefined;
  if (ts.isCallExpression(loop)) {
    return ts.isPropertyAccessExpression(loop.expression) ? loop.expression.expression : undefined;
  }
  const condition = loop.condition && unwrap(loop.condition);
  if (condition === undefined || !ts.isBinaryExpression(condition)) return undefined;
  const end = unwrap(condition.right);
  const isLength = ts.isPropertyAccessExpression(end) && end.name.text === 'length';
  return isLength && condition.operatorToken.kind === ts.SyntaxKind.LessThanToken ? end.expression : undefined;
}

/** Whether a turn of a loop waits for anything, as one does that lets others go first. */
function waits(body: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node)) return true;
    return !isFunctionWithBody(node) && ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return isFunctionWithBody(body) ? body.body !== undefined && visit(body.body) : visit(body);
}
