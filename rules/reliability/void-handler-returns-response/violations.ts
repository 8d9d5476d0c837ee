import { type FunctionNode, ts } from '#api';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { declaredReturn } from './declaredReturn.ts';
import { expressTypesTakeAnyResult } from './handlerTypes.ts';
import { mayBeResponseValue, type ResponseValue, responseValue } from './responseValue.ts';
import { mayBeRoute, routeHandlers } from './routeHandlers.ts';

/** `return res.json()`, or an arrow function that is nothing else. */
export type Returning = ts.ReturnStatement | ts.ArrowFunction;

/** What one statement contributes: places that may return a response, and calls that may register routes. */
export type Fact = Returning | ts.CallExpression;

/** A place that returns the response from a function that is to return nothing. */
export interface Violation {
  readonly node: Returning;
  readonly value: ResponseValue;
  /** What makes the function return nothing: its own return type, or the handler's type it has to have. */
  readonly because: 'declared' | 'handler';
}

/** What is underlined: the statement, or all there is of an arrow function. */
export function placeOf({ node }: Violation): ts.Node {
  return ts.isArrowFunction(node) ? node.body : node;
}

/** By syntax alone, a `return` that may be one of a response. */
export function returnFact(node: ts.ReturnStatement): Fact | undefined {
  return node.expression !== undefined && mayBeResponseValue(node.expression) ? node : undefined;
}

/**
 * `(req, res): void => res.json()`. Without the annotation it is the short form that every tutorial uses, and nobody reads
 * it as a value.
 */
export function arrowFact(node: ts.ArrowFunction): Fact | undefined {
  return node.type !== undefined && !ts.isBlock(node.body) && mayBeResponseValue(node.body) ? node : undefined;
}

/** A call that may register a route. */
export function routeFact(node: ts.CallExpression): Fact | undefined {
  return mayBeRoute(node) ? node : undefined;
}

/** Collects the facts of a whole file, for fixes, which have none at hand. */
export function factsOf(file: ts.SourceFile): readonly Fact[] {
  const facts: (Fact | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) facts.push(returnFact(node));
    else if (ts.isArrowFunction(node)) facts.push(arrowFact(node));
    else if (ts.isCallExpression(node)) facts.push(routeFact(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return facts.filter((fact) => fact !== undefined);
}

/** All places of a file, in the order of the facts, that return a response where nothing is to be returned. */
export function* violations(facts: readonly Fact[], source: SourceView): Generator<Violation> {
  let handlers: ReadonlySet<FunctionNode> | undefined;
  for (const node of facts) {
    if (ts.isCallExpression(node)) continue;
    const fn = ts.isArrowFunction(node) ? node : enclosingFunction(node);
    const expression = ts.isArrowFunction(node) ? (node.body as ts.Expression) : node.expression;
    if (fn === undefined || fn.asteriskToken !== undefined || expression === undefined) continue;
    const declared = declaredReturn(fn, source);
    if (declared === 'anything') continue;
    if (declared === 'silent') {
      handlers ??= routeHandlers(facts.filter(ts.isCallExpression), source);
      if (!routesAreTyped(source) || !handlers.has(fn)) continue;
    }
    const value = responseValue(expression, source);
    if (value === undefined || (value.kind === 'fastify' && takesReply(fn))) continue;
    yield { node, value, because: fn.type === undefined ? 'handler' : 'declared' };
  }
}

/**
 * A reply is what Fastify asks of a handler, unless an annotation says otherwise. An async function may return it all the
 * same: a reply can be awaited, and comes to nothing once it is sent.
 */
function takesReply(fn: FunctionNode): boolean {
  return fn.type === undefined || isAsync(fn);
}

function isAsync(fn: FunctionNode): boolean {
  return (
    ts.canHaveModifiers(fn) && ts.getModifiers(fn)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true
  );
}

/** A route has a handler's type to offer in TypeScript alone, and an old one takes any result. */
function routesAreTyped({ path, header }: SourceView): boolean {
  return /\.[cm]?tsx?$/.test(path) && !expressTypesTakeAnyResult(header);
}
