import { type FunctionNode, oncePerScope, ts } from '#api';
import { isFunctionWithBody } from '../../enclosing.ts';
import type { Hint } from './facts.ts';
import type { WebFact } from './webFact.ts';

/** What the facts of a file, a function or a stretch of one come to, those of the functions in it with them. */
export interface Trace {
  /** Facts that are put together anew with each key, because they rest on one another. No order. */
  readonly telling: readonly WebFact[];
  /** Functions that look like handlers of requests. */
  readonly handlers: readonly ts.SignatureDeclaration[];
  /** Those of them that another function gives back. */
  readonly returned: readonly ts.SignatureDeclaration[];
  readonly hints: ReadonlySet<Hint>;
  /** A stretch: makes applications or does something with them, outside of the functions in it. */
  readonly acts: boolean;
  /** Functions in it, however deep, that act or give a hint. */
  readonly functions: readonly FunctionTrace[];
}

/** What the facts in one function come to. */
export interface FunctionTrace {
  readonly fn: FunctionNode;
  readonly acts: boolean;
  /** Sorted, with those of the functions in it. */
  readonly hints: readonly Hint[];
}

/**
 * Sums up the facts of a file. Files may have thousands of handlers, and a key is typed in one: what others come to is kept
 * (cache: scope views).
 */
export const traceOf = oncePerScope<WebFact, Trace>((facts, inner, owner) => {
  const telling: WebFact[] = [];
  const handlers: ts.SignatureDeclaration[] = [];
  const returned: ts.SignatureDeclaration[] = [];
  const hints = new Set<Hint>();
  const functions: FunctionTrace[] = [];
  let acts = false;
  for (const fact of facts) {
    if (fact.kind === 'handler') {
      handlers.push(fact.node);
      if (isReturned(fact.node)) returned.push(fact.node);
    } else if (fact.kind === 'hint') {
      if (!isComparison(fact)) hints.add(fact.hint);
    } else {
      telling.push(fact);
      if (fact.kind === 'made' || fact.kind === 'operation') acts = true;
    }
  }
  for (const one of inner) {
    for (const fact of one.telling) telling.push(fact);
    for (const handler of one.handlers) handlers.push(handler);
    for (const handler of one.returned) returned.push(handler);
    for (const hint of one.hints) hints.add(hint);
    for (const fn of one.functions) functions.push(fn);
    acts ||= one.acts;
  }
  if (owner !== undefined && isFunctionWithBody(owner) && (acts || hints.size > 0)) {
    functions.push({ fn: owner, acts, hints: [...hints].sort() });
  }
  return { telling, handlers, returned, hints, acts: acts && owner === undefined, functions };
});

/** Given back by a function: `return (req, res) => …`, `(options) => (req, res) => …`. */
function isReturned(handler: ts.SignatureDeclaration): boolean {
  const holder = holderOf(handler);
  return ts.isArrowFunction(holder) || ts.isReturnStatement(holder);
}

/** The function that gives back a handler of which {@link Trace.returned} tells. */
export function makerOf(handler: ts.SignatureDeclaration): ts.Node | undefined {
  const holder = holderOf(handler);
  return ts.isArrowFunction(holder) ? holder : ts.findAncestor(holder, isFunctionWithBody);
}

function holderOf({ parent }: ts.SignatureDeclaration): ts.Node {
  let holder: ts.Node = parent;
  while (ts.isParenthesizedExpression(holder) || ts.isAsExpression(holder)) holder = holder.parent;
  return holder;
}

/** `response.status === 429`: somebody else limits, and the code waits. */
function isComparison(fact: WebFact & { readonly kind: 'hint' }): boolean {
  if (fact.hint !== 'limit') return false;
  const { parent } = fact.node;
  if (ts.isCaseClause(parent) || ts.isArrayLiteralExpression(parent)) return true;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken;
  return ts.isCallExpression(parent) && /^(?:includes|has|indexOf)$/.test(calledName(parent));
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}
