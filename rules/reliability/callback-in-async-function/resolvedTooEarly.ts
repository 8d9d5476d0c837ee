import { type FunctionNode, ts, unwrap } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { hasModifier } from '../../_shared/modifiers.ts';
import type { CallbackCall } from './callbackCall.ts';

/** Names of what a handler answers with: nobody waits for its promise, the answer is what counts. */
const ANSWERED = /^(?:res|response|reply|next|ctx|done|cb|callback)$/;

/** Functions through which code says by itself when it is done. */
const SETTLES = /^(?:resolve|reject|done|cb|callback|next|fn)$|^(?:resolve|reject)[A-Z]/;

/** The async function whose promise is settled before the callback has run, when somebody can take harm from it. */
export function resolvedTooEarly({ call, callback, isTimer }: CallbackCall): FunctionNode | undefined {
  const owner = enclosingFunction(call);
  if (owner === undefined || !isAsync(owner) || isExecutor(owner)) return undefined;
  if (owner.parameters.some(({ name }) => namesAnswer(name))) return undefined;
  if (mentions(callback, (name) => SETTLES.test(name)) || exits(callback) || settlesDeferred(callback, owner))
    return undefined;
  if (isTimer) return throws(callback) || isReadLater(callback, call, owner) ? owner : undefined;
  return owner;
}

/** `res`, `{ res }` */
function namesAnswer(name: ts.BindingName): boolean {
  if (ts.isIdentifier(name)) return ANSWERED.test(name.text);
  return name.elements.some((element) => ts.isBindingElement(element) && namesAnswer(element.name));
}

/** `const { resolve: fulfil } = Promise.withResolvers()`, and the callback calls `fulfil`. */
function settlesDeferred(callback: ts.Node, { body }: FunctionNode): boolean {
  const names = new Set<string>();
  const isRenamed = (node: ts.Node): boolean => {
    const from = ts.isBindingElement(node) ? node.propertyName?.getText() : undefined;
    if (from !== undefined && SETTLES.test(from)) names.add((node as ts.BindingElement).name.getText());
    return false;
  };
  if (body !== undefined) some(body, isRenamed, false);
  return names.size > 0 && mentions(callback, (name) => names.has(name));
}

function isAsync(fn: FunctionNode): boolean {
  return hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}

/** `new Promise(async (resolve) => …)` */
function isExecutor({ parent }: ts.Node): boolean {
  return ts.isNewExpression(parent) && ts.isIdentifier(parent.expression) && parent.expression.text === 'Promise';
}

/** `process.exit()`: the end of the program waits for nothing else. */
function exits(callback: ts.Node): boolean {
  return some(callback, (node) => ts.isPropertyAccessExpression(node) && node.name.text === 'exit');
}

function throws(callback: CallbackCall['callback']): boolean {
  return some(callback.body, ts.isThrowStatement, false);
}

/** Whether the function uses, after the call, a variable of its own that the callback sets. */
function isReadLater(callback: ts.Node, call: ts.Node, owner: FunctionNode): boolean {
  const set = new Set<string>();
  some(callback, (node) => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const target = unwrap(node.left);
      if (ts.isIdentifier(target)) set.add(target.text);
    }
    return false;
  });
  if (set.size === 0) return false;
  // What is awaited in between may take longer than the delay, on purpose: `let isSlow = false`.
  const isAwaitedAfter = (node: ts.Node): boolean => node.pos > call.end && ts.isAwaitExpression(node);
  if (owner.body !== undefined && some(owner.body, isAwaitedAfter, false)) return false;
  const isReturned = (node: ts.Node): boolean =>
    node.pos > call.end &&
    ts.isReturnStatement(node) &&
    node.expression !== undefined &&
    mentions(node.expression, (name) => set.has(name));
  return owner.body !== undefined && some(owner.body, isReturned, false);
}

function mentions(within: ts.Node, matches: (name: string) => boolean): boolean {
  return some(within, (node) => ts.isIdentifier(node) && matches(node.text));
}

/** Whether a node, or one in it, passes; functions inside are left out on request. */
function some(within: ts.Node, passes: (node: ts.Node) => boolean, nested = true): boolean {
  const visit = (node: ts.Node): boolean => {
    if (passes(node)) return true;
    if (!nested && ts.isFunctionLike(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(within);
}
