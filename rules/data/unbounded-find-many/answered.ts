import { ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionValue } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';
import { responseCall } from '../../_shared/web/responseCalls.ts';

/** Lists that are made of lists are followed this many times. */
const MAX_HOPS = 3;

/** Methods that answer with what they are given. */
const ANSWERS: ReadonlySet<string> = new Set(['json', 'send', 'jsonp', 'end', 'render', 'status', 'code']);
/** Methods of a list that give back one as long. */
const AS_LONG: ReadonlySet<string> = new Set(['map', 'sort', 'toSorted', 'reverse', 'toReversed', 'flatMap', 'concat']);
/** Frameworks whose handlers answer with what they return. */
const RETURNING: ReadonlySet<string> = new Set(['fastify', 'nest']);

/** Whether the records that a query gives back become the answer to a request, as many as there are. */
export function isAnswered(query: ts.CallExpression, source: SourceView): boolean {
  const then = query.parent;
  if (ts.isPropertyAccessExpression(then) && then.name.text === 'then' && ts.isCallExpression(then.parent)) {
    const [callback] = then.parent.arguments;
    if (callback === undefined || !isFunctionValue(callback)) return false;
    const [records] = callback.parameters;
    return (
      records !== undefined && ts.isIdentifier(records.name) && isNameAnswered(records.name, callback.body, source)
    );
  }
  return isValueAnswered(query, source, 0);
}

/** Follows a value outwards: into what answers, or into the name that it is given. */
function isValueAnswered(value: ts.Node, source: SourceView, hops: number): boolean {
  let at = value;
  let isAwaited = hops > 0;
  for (;;) {
    const { parent } = at;
    if (ts.isAwaitExpression(parent)) isAwaited = true;
    else if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== at) {
      if (isAwaited && calledName(parent) === 'stringify') {
        at = parent;
        continue;
      }
      if (ts.isCallExpression(parent) && calledName(parent) === 'all' && parent.arguments.length === 1)
        return isBoundAnswered(value, parent, source);
      return isAwaited && isAnswer(parent, source);
    } else if (ts.isVariableDeclaration(parent)) {
      if (!isAwaited || !ts.isIdentifier(parent.name) || hops > MAX_HOPS) return false;
      const body = enclosingFunction(parent)?.body;
      return body !== undefined && isNameAnswered(parent.name, body, source, hops + 1);
    } else if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === at)) {
      return isReturnAnswer(parent, source);
    } else if (ts.isPropertyAccessExpression(parent)) {
      if (!isAwaited || !AS_LONG.has(parent.name.text) || !ts.isCallExpression(parent.parent)) return false;
      at = parent.parent;
      continue;
    } else if (!carries(parent, at)) return false;
    at = parent;
  }
}

/** What holds a value as a part of it, or is the value. */
function carries(parent: ts.Node, at: ts.Node): boolean {
  return (
    unwrap(parent) === unwrap(at) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isShorthandPropertyAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === at)
  );
}

function isAnswer(call: ts.CallExpression | ts.NewExpression, source: SourceView): boolean {
  const response = responseCall(call, source);
  return response !== undefined && ANSWERS.has(response.method) && (response.status ?? 200) < 400;
}

/** `const [users, total] = await Promise.all([query, count])`. */
function isBoundAnswered(value: ts.Node, all: ts.CallExpression, source: SourceView): boolean {
  const [list] = all.arguments;
  const waited = all.parent;
  const declaration = waited?.parent;
  if (list === undefined || !ts.isArrayLiteralExpression(list) || !ts.isAwaitExpression(waited)) return false;
  if (!ts.isVariableDeclaration(declaration) || !ts.isArrayBindingPattern(declaration.name)) return false;
  const index = list.elements.findIndex((element) => unwrap(element) === value);
  const bound = declaration.name.elements[index];
  const body = enclosingFunction(declaration)?.body;
  if (bound === undefined || !ts.isBindingElement(bound) || !ts.isIdentifier(bound.name)) return false;
  return body !== undefined && isNameAnswered(bound.name, body, source, 1);
}

/** Whether any use of a name inside a function is an answer. */
function isNameAnswered(name: ts.Identifier, body: ts.Node, source: SourceView, hops = 1): boolean {
  if (hops > MAX_HOPS) return false;
  const declared = name.parent;
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) {
      if (node.text !== name.text || node === name || !isRead(node)) return false;
      return source.lookup(node) === declared && isValueAnswered(node, source, hops);
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(body);
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !((ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) && parent.name === node);
}

/** `return` in a function whose framework answers with what it returns. */
function isReturnAnswer(place: ts.Node, source: SourceView): boolean {
  const fn = ts.isArrowFunction(place) ? place : enclosingFunction(place);
  if (fn === undefined) return false;
  if (ts.isMethodDeclaration(fn)) return (ts.getDecorators(fn) ?? []).some((decorator) => isGet(decorator, source));
  const handler = handlerOf(fn, source);
  return handler !== undefined && RETURNING.has(handler.framework);
}

/** `@Get()` of NestJS. */
function isGet({ expression }: ts.Decorator, { header }: SourceView): boolean {
  const callee = ts.isCallExpression(expression) ? expression.expression : expression;
  return header.resolve(callee) === '@nestjs/common#Get';
}

/** How a query is named in a message: `prisma.user.findMany`. */
export function nameOf(call: ts.CallExpression): string {
  const member = memberCall(call);
  return member === undefined
    ? call.expression.getText()
    : `${member.receiver.getText()}.${member.name}`.replace(/\s+/g, '');
}
