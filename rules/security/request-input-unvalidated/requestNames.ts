import { type FileHeader, ts } from '#api';
import { memberAccess } from '../../_shared/calls.ts';
import { withoutAwait } from '../../_shared/withoutAwait.ts';

/** A part of a request, or a member of it. */
export interface Sent {
  readonly part: 'body' | 'query';
  /** `undefined` for the part as a whole. */
  readonly field: string | undefined;
}

/** What a handler calls its request and the parts of it. */
export interface RequestNames {
  /** Name of the parameter; empty where it is destructured. */
  readonly request: string;
  /** What an expression stands for when it is nothing but a part or member of the request. */
  sent(node: ts.Node): Sent | undefined;
  /** Learns what a variable holds. */
  declare(declaration: ts.VariableDeclaration): void;
}

/** Names of a first parameter that may be a request, or a context that holds one. */
export const FIRST_NAME = /^(?:_?req(?:uest)?|ctx|c|context)$/;

/** Reads the parameters of a handler; `undefined` for functions that are none in any framework of the package. */
export function requestNames(fn: ts.SignatureDeclaration, header: FileHeader): RequestNames | undefined {
  const [first, second] = fn.parameters;
  if (first === undefined || fn.parameters.length > 4) return undefined;
  const names = new Map<string, Sent>();
  let request = '';
  if (ts.isIdentifier(first.name)) {
    const isRequest = /^_?req(?:uest)?$/.test(first.name.text);
    // Handlers of Fastify and of Next.js answer with what they return.
    const isAlone = header.dependency('fastify') !== undefined || header.dependency('next') !== undefined;
    const isContext = first.name.text === 'ctx' || header.dependency('hono') !== undefined;
    if (isRequest ? !isAnswer(second) && !isAlone : !isContext) return undefined;
    request = first.name.text;
  } else if (ts.isObjectBindingPattern(first.name) && isAnswer(second)) {
    for (const element of first.name.elements) bindPart(element, names);
    if (names.size === 0) return undefined;
  } else return undefined;

  const sent = (expression: ts.Node): Sent | undefined => {
    const node = withoutAwait(expression);
    if (ts.isIdentifier(node)) return names.get(node.text);
    if (ts.isCallExpression(node)) return request !== '' && isReadBody(node, request) ? WHOLE_BODY : undefined;
    const member = memberAccess(node);
    if (member === undefined) return undefined;
    const holder = withoutAwait(member.receiver);
    const isRequest = request !== '' && (holder.getText() === request || holder.getText() === `${request}.request`);
    if (isRequest)
      return member.name === 'body' || member.name === 'query' ? { part: member.name, field: undefined } : undefined;
    const of = sent(holder);
    return of === undefined ? undefined : { part: of.part, field: of.field ?? member.name };
  };

  const declare = ({ name, initializer }: ts.VariableDeclaration): void => {
    if (initializer === undefined) return;
    const held = sent(initializer);
    if (ts.isIdentifier(name)) {
      if (held === undefined) names.delete(name.text);
      else names.set(name.text, held);
    } else if (ts.isObjectBindingPattern(name)) {
      const isRequest = request !== '' && withoutAwait(initializer).getText() === request;
      for (const element of name.elements) {
        if (isRequest) bindPart(element, names);
        else if (held !== undefined) bindField(element, held, names);
      }
    }
  };
  return { request, sent, declare };
}

/** All of a request that a node mentions, wherever in it. */
export function mentionedBy(root: ts.Node, names: RequestNames): readonly Sent[] {
  const found: Sent[] = [];
  const visit = (node: ts.Node): void => {
    const sent = names.sent(node);
    if (sent !== undefined) found.push(sent);
    else ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** All that a node holds of a request; what other functions make of it is not followed, but `String` and the like. */
export function sentBy(root: ts.Node, names: RequestNames): readonly Sent[] {
  const found: Sent[] = [];
  const visit = (node: ts.Node): void => {
    const sent = names.sent(node);
    if (sent !== undefined) found.push(sent);
    else if (ts.isFunctionLike(node)) return;
    else if (ts.isShorthandPropertyAssignment(node)) visit(node.name);
    else if (ts.isPropertyAssignment(node)) visit(node.initializer);
    else if (ts.isCallExpression(node)) {
      if (/(?:^String|\.(?:trim|toLowerCase|toUpperCase|toString|regex|split|join))$/.test(node.expression.getText()))
        ts.forEachChild(node, visit);
    } else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (!ts.isNewExpression(node) && !ts.isPrefixUnaryExpression(node)) ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

function bindPart(element: ts.BindingElement, names: Map<string, Sent>): void {
  const key = element.propertyName ?? element.name;
  if (!ts.isIdentifier(key) || (key.text !== 'body' && key.text !== 'query')) return;
  const part: Sent = { part: key.text, field: undefined };
  if (ts.isIdentifier(element.name)) names.set(element.name.text, part);
  else if (ts.isObjectBindingPattern(element.name))
    for (const one of element.name.elements) bindField(one, part, names);
}

function bindField(element: ts.BindingElement, of: Sent, names: Map<string, Sent>): void {
  const key = element.propertyName ?? element.name;
  const field = of.field ?? (element.dotDotDotToken === undefined && ts.isIdentifier(key) ? key.text : undefined);
  if (ts.isIdentifier(element.name)) names.set(element.name.text, { part: of.part, field });
}

const WHOLE_BODY: Sent = { part: 'body', field: undefined };

/** `await request.json()`, in Hono `await c.req.json()`. */
function isReadBody({ expression }: ts.CallExpression, request: string): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !/^(?:json|parseBody)$/.test(expression.name.text)) return false;
  const holder = withoutAwait(expression.expression).getText();
  return holder === `${request}.req` || (holder === request && /^_?req(?:uest)?$/.test(request));
}

function isAnswer(parameter: ts.ParameterDeclaration | undefined): boolean {
  return (
    parameter !== undefined &&
    ts.isIdentifier(parameter.name) &&
    /^_?(?:res(?:ponse)?|rep(?:ly)?)$/.test(parameter.name.text)
  );
}
