import { type FunctionNode, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import { classAround } from '../../_shared/classAround.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import { initialValue } from '../../_shared/initialValue.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { outboundCall } from '../../_shared/web/outboundCall.ts';
import { isBounded } from './lists.ts';

/** Functions of the file are followed this far. */
const MAX_DEPTH = 3;

/** Clients with settings of their own, by what makes them. */
const MAKERS: ReadonlySet<string> = new Set(['axios#create', 'got#extend', 'ky#create', 'ky#extend', 'ofetch#create']);
const METHODS = /^(?:get|post|put|patch|delete|head|request)$/;

/** Whether code sends a request, in itself or by a function of its file, and nothing on the way speaks of a limit. */
export function asks(code: ts.Node, source: SourceView, depth = 0, seen: Set<ts.Node> = new Set()): boolean {
  if (depth > MAX_DEPTH || seen.has(code) || isBounded(code)) return false;
  seen.add(code);
  const visit = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node)) {
      if (outboundCall(node, source.header) !== undefined || isOfClient(node, source)) return true;
      const called = functionBehind(node.expression, source);
      if (called !== undefined && asks(called, source, depth + 1, seen)) return true;
    }
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(code);
}

/** The function that an expression is, or names: `fetchOne`, `this.fetchOne`, `this.fetchOne.bind(this)`. */
export function functionBehind(expression: ts.Expression, source: SourceView): FunctionNode | undefined {
  const node = unwrap(expression);
  if (isFunctionWithBody(node)) return node;
  if (ts.isIdentifier(node)) return asFunction(initialValue(node, source));
  if (ts.isCallExpression(node)) {
    const bound = memberCall(node);
    return bound?.name === 'bind' ? functionBehind(bound.receiver, source) : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) || node.expression.kind !== ts.SyntaxKind.ThisKeyword) return undefined;
  for (const member of classAround(node, source)?.members ?? []) {
    if (member.name?.getText() !== node.name.text) continue;
    const found = ts.isPropertyDeclaration(member) ? asFunction(member.initializer) : asFunction(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function asFunction(value: ts.Node | undefined): FunctionNode | undefined {
  const node = value === undefined ? undefined : unwrap(value);
  return node !== undefined && isFunctionWithBody(node) ? node : undefined;
}

/** `client.get(…)`, of `const client = axios.create(…)`. */
function isOfClient(call: ts.CallExpression, source: SourceView): boolean {
  const member = memberCall(call);
  if (member === undefined || !METHODS.test(member.name)) return false;
  const receiver = unwrap(member.receiver);
  const value = ts.isIdentifier(receiver) ? initialValue(receiver, source) : undefined;
  const made = value === undefined ? undefined : unwrap(value);
  if (made === undefined || !ts.isCallExpression(made)) return false;
  const reference = source.header.resolve(made.expression);
  return reference !== undefined && MAKERS.has(reference);
}
