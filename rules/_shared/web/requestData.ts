import { ts, unwrap } from '#api';
import { initialValue } from '../initialValue.ts';
import { first } from '../memberPlace.ts';
import { mentionsName } from '../mentions.ts';
import { isFallback } from '../operators.ts';
import type { SourceView } from '../sourceView.ts';
import { withoutAwait } from '../withoutAwait.ts';
import { assignmentsTo } from './assignments.ts';
import { type WebRole, webRole } from './handlerRoles.ts';
import { nestDecorator } from './nestDecorators.ts';
import { type DataPart, requestPart } from './requestParts.ts';

/** Something a client sent. */
export interface RequestData {
  readonly part: DataPart;
  /** How the code names it, e.g. `req.query.next` or `next`. */
  readonly text: string;
}

/** Declarations that were looked at; each is followed once, so that locals which refer to each other come to an end. */
type Seen = Set<ts.Declaration>;

/** Calls that give back the text they are called with, in another shape. */
const KEEPING = new Set(['String', 'decodeURIComponent', 'decodeURI', 'encodeURI', 'unescape', 'atob']);
const KEEPING_METHODS = new Set([
  'toString',
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'normalize',
  'get',
  'getAll',
]);

/** Members of an address that hold what follows its `?`. */
const QUERIES = new Set(['searchParams', 'query']);

/**
 * What the client sent that an expression is, or that a text is built with: `req.query.next`, what a local holds of it,
 * what was destructured, `` `/files/${req.params.name}` ``. Values that went through any other function are not followed.
 */
export function requestData(expression: ts.Node, source: SourceView): RequestData | undefined {
  return follow(expression, source, new Set());
}

function follow(expression: ts.Node, source: SourceView, seen: Seen): RequestData | undefined {
  const node = withoutAwait(expression);
  const inner = (at: ts.Node) => follow(at, source, seen);
  if (ts.isTemplateExpression(node)) return first(node.templateSpans, (span) => inner(span.expression));
  if (ts.isConditionalExpression(node)) return inner(node.whenTrue) ?? inner(node.whenFalse);
  if (ts.isBinaryExpression(node))
    return joins(node.operatorToken.kind) ? (inner(node.left) ?? inner(node.right)) : undefined;
  if (ts.isCallExpression(node)) return fromCall(node, source, seen);
  const part = partOf(node, source, seen);
  return part && { part, text: node.getText() };
}

function joins(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.PlusToken || isFallback(operator);
}

function fromCall(call: ts.CallExpression, source: SourceView, seen: Seen): RequestData | undefined {
  const callee = call.expression;
  if (ts.isIdentifier(callee)) {
    const [value] = call.arguments;
    return value !== undefined && KEEPING.has(callee.text) ? follow(value, source, seen) : undefined;
  }
  const part = partOf(call, source, seen);
  if (part !== undefined) return { part, text: call.getText() };
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (callee.name.text === 'join') return fromList(callee.expression, source, seen);
  if (callee.name.text === 'from' && source.header.resolve(callee) === 'global#Buffer.from') {
    const [text] = call.arguments;
    return text && follow(text, source, seen);
  }
  return KEEPING_METHODS.has(callee.name.text) ? follow(callee.expression, source, seen) : undefined;
}

/** `['git', 'clone', req.body.url].join(' ')`. */
function fromList(list: ts.Expression, source: SourceView, seen: Seen): RequestData | undefined {
  const node = unwrap(list);
  const literal = ts.isIdentifier(node) ? initialValue(node, source) : node;
  if (literal === undefined || !ts.isArrayLiteralExpression(literal)) return undefined;
  return first(literal.elements, (element) => follow(element, source, seen));
}

/** The part of a request that a name, a member or a reading call stands for. */
function partOf(expression: ts.Node, source: SourceView, seen: Seen): DataPart | undefined {
  const node = withoutAwait(expression);
  if (ts.isIdentifier(node)) {
    const declaration = source.lookup(node);
    if (declaration === undefined || seen.has(declaration)) return undefined;
    seen.add(declaration);
    return partDeclared(declaration, source, seen);
  }
  if (ts.isCallExpression(node)) {
    // `req.get('host')`, `c.req.query('next')`, `await request.json()`.
    const callee = node.expression;
    if (source.header.resolve(callee) === 'url#parse') {
      const [address] = node.arguments;
      return address && follow(address, source, seen)?.part;
    }
    if (!ts.isPropertyAccessExpression(callee)) return undefined;
    const request = requestBehind(callee.expression, source);
    if (request !== undefined) return requestPart(request.framework, callee.name.text);
    const isGetter = callee.name.text === 'get' || callee.name.text === 'getAll';
    return isGetter ? partOf(callee.expression, source, seen) : undefined;
  }
  if (ts.isNewExpression(node)) {
    // `new URL(request.url)` is read by its members.
    const [url] = node.arguments ?? [];
    const isUrl = url !== undefined && source.header.resolve(node.expression) === 'global#URL';
    return isUrl ? follow(url, source, seen)?.part : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  if (ts.isPropertyAccessExpression(node)) {
    const request = requestBehind(node.expression, source);
    if (request !== undefined) return requestPart(request.framework, node.name.text);
    // A list's own members say nothing that a client chose.
    if (node.name.text === 'length') return undefined;
    if (QUERIES.has(node.name.text)) {
      const part = partOf(node.expression, source, seen);
      return part === 'url' ? 'query' : part;
    }
  }
  return partOf(node.expression, source, seen);
}

/** What a request is called by: a parameter of its role, or `c.req`, `ctx.request` and `ctx` itself. */
function requestBehind(expression: ts.Node, source: SourceView): WebRole | undefined {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) {
    if (node.name.text === 'raw')
      return requestBehind(node.expression, source) && { framework: 'fetch', role: 'request' };
    if (node.name.text !== 'req' && node.name.text !== 'request') return undefined;
    const context = requestBehind(node.expression, source);
    return context?.role === 'context' ? { ...context, role: 'request' } : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = source.lookup(node);
  const found = declaration && webRole(declaration, source);
  return found?.role === 'request' || found?.role === 'context' ? found : undefined;
}

/** What a variable, parameter or destructured name holds of a request. */
function partDeclared(declaration: ts.Declaration, source: SourceView, seen: Seen): DataPart | undefined {
  if (ts.isParameter(declaration)) return nestDecorator(declaration, source.header)?.part;
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    return partAssigned(declaration, initializer && follow(initializer, source, seen)?.part, source, seen);
  }
  if (!ts.isBindingElement(declaration) || declaration.dotDotDotToken !== undefined) return undefined;
  return partBound(declaration, source, seen);
}

function partBound(element: ts.BindingElement, source: SourceView, seen: Seen): DataPart | undefined {
  const holder = element.parent.parent;
  const key = element.propertyName ?? element.name;
  const member = ts.isIdentifier(key) ? key.text : undefined;
  if (ts.isBindingElement(holder)) return partBound(holder, source, seen);
  const role = ts.isParameter(holder) ? webRole(holder, source) : roleBehind(holder.initializer, source);
  if (role !== undefined) return member === undefined ? undefined : requestPart(role.framework, member);
  if (ts.isParameter(holder)) return nestDecorator(holder, source.header)?.part;
  const part = holder.initializer && partOf(holder.initializer, source, seen);
  return part === 'url' && member !== undefined && QUERIES.has(member) ? 'query' : part;
}

/** What a variable holds in the end: nothing of the client's any more once a function made something else of it. */
function partAssigned(
  declaration: ts.VariableDeclaration,
  initial: DataPart | undefined,
  source: SourceView,
  seen: Seen,
): DataPart | undefined {
  const name = declaration.name.getText();
  let part = initial;
  for (const { value, isAdded } of assignmentsTo(declaration, source)) {
    const given = follow(value, source, seen)?.part;
    if (given === undefined && !isAdded && mentionsName(value, name) && !keeps(value, name)) return undefined;
    part ??= given;
  }
  return part;
}

/** Whether a value is the variable itself, or a text with it inside: `'http://' + url`. */
function keeps(value: ts.Node, name: string): boolean {
  const node = withoutAwait(value);
  if (ts.isIdentifier(node)) return node.text === name;
  if (ts.isTemplateExpression(node)) return node.templateSpans.some((span) => keeps(span.expression, name));
  if (ts.isConditionalExpression(node)) return keeps(node.whenTrue, name) || keeps(node.whenFalse, name);
  if (ts.isBinaryExpression(node))
    return joins(node.operatorToken.kind) && (keeps(node.left, name) || keeps(node.right, name));
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  if (ts.isIdentifier(callee)) return KEEPING.has(callee.text) && node.arguments.some((given) => keeps(given, name));
  return (
    ts.isPropertyAccessExpression(callee) && KEEPING_METHODS.has(callee.name.text) && keeps(callee.expression, name)
  );
}

function roleBehind(initializer: ts.Expression | undefined, source: SourceView): WebRole | undefined {
  return initializer && requestBehind(initializer, source);
}
