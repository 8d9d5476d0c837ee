import type { z } from 'zod';
import { type Fix, type FixContext, type FixEdit, type FunctionNode, isAsync, ts } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { bindImport, importEdits } from '../../_shared/namedImport.ts';
import { type BlockingCall, blockingCall } from './blockingCalls.ts';

/** Modules whose functions give a promise when they are called without a callback. */
const PROMISING = new Set(['fs-extra', 'bcrypt', 'bcryptjs']);

/** Calls the function that gives a promise, and awaits it; in async functions only. */
export const useAsync: Fix<z.output<z.ZodObject>> = {
  title: 'Await the asynchronous function',
  safety: 'safe',
  edits(ctx) {
    const call = ctx.node(isCallee)?.parent;
    const blocking = call && ts.isCallExpression(call) ? blockingCall(call, ctx.header) : undefined;
    const owner = call && enclosingFunction(call);
    if (call === undefined || blocking === undefined || owner === undefined) return undefined;
    return canAwait(call, owner) ? replaceCallee(call as ts.CallExpression, blocking, ctx) : undefined;
  },
};

/** Parameters and members of classes cannot await, async function or not. */
function canAwait(call: ts.Node, owner: FunctionNode): boolean {
  if (!isAsync(owner)) return false;
  let at = call;
  while (at.parent !== owner) {
    at = at.parent;
    if (ts.isClassLike(at)) return false;
  }
  return at === owner.body;
}

function isCallee(node: ts.Node): node is ts.Expression {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

function replaceCallee(
  call: ts.CallExpression,
  { module, name }: BlockingCall,
  ctx: FixContext<unknown>,
): readonly FixEdit[] | undefined {
  const method = name.replace(/Sync$/, '');
  const receiver = memberCall(call)?.receiver.getText(ctx.file);
  let callee: string;
  const edits: FixEdit[] = [];
  if (module === 'fs') {
    const promises = receiver === undefined ? bindImport(ctx, { module, name: 'promises', isType: false }) : undefined;
    if (receiver === undefined && promises === undefined) return undefined;
    if (promises !== undefined) edits.push(...importEdits(ctx, [promises]));
    callee = `${promises?.text ?? `${receiver}.promises`}.${method}`;
  } else if (PROMISING.has(module)) {
    const bound = receiver === undefined ? bindImport(ctx, { module, name: method, isType: false }) : undefined;
    if (receiver === undefined && bound === undefined) return undefined;
    if (bound !== undefined) edits.push(...importEdits(ctx, [bound]));
    callee = bound?.text ?? `${receiver}.${method}`;
  } else {
    return undefined;
  }
  if (ts.isAwaitExpression(call.parent)) return [...edits, ctx.replace(call.expression, callee)];
  // `readFileSync(path).toString()`
  const isReceiver =
    (ts.isPropertyAccessExpression(call.parent) ||
      ts.isElementAccessExpression(call.parent) ||
      ts.isCallExpression(call.parent)) &&
    call.parent.expression === call;
  edits.push(ctx.replace(call.expression, `${isReceiver ? '(' : ''}await ${callee}`));
  if (isReceiver) edits.push(ctx.insert(call.end, ')'));
  return edits;
}
