import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { isFunctionWithBody } from '../../_shared/enclosing.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf } from '../../_shared/web/handlerRoles.ts';

/** Functions around a write are looked at so many times. */
const MAX_DEPTH = 6;
const ROUTES = /^@nestjs\/common#(?:Post|Put|Patch|Delete|All)$/;

/**
 * The function around a node that answers a request: a handler, a method with a route, a mutation of tRPC. Whatever calls any
 * other function may well write down what was done.
 */
export function entryAround(node: ts.Node, source: SourceView): FunctionNode | undefined {
  let at: ts.Node = node.parent;
  for (let depth = 0; depth < MAX_DEPTH && at !== undefined; at = at.parent) {
    if (!isFunctionWithBody(at)) continue;
    if (isEntry(at, source)) return at;
    depth++;
  }
  return undefined;
}

function isEntry(fn: FunctionNode, source: SourceView): boolean {
  const parameters = handlerOf(fn, source)?.parameters;
  if (parameters !== undefined) return parameters.error === undefined;
  if (ts.isMethodDeclaration(fn)) {
    return (ts.getDecorators(fn) ?? []).some(
      ({ expression }) =>
        ts.isCallExpression(expression) && ROUTES.test(source.header.resolve(expression.expression) ?? ''),
    );
  }
  const { parent } = fn;
  return ts.isCallExpression(parent) && calledName(parent) === 'mutation' && parent.arguments[0] === fn;
}

const TELLS = /audit|activit|journal|(?:event|security|user|admin|action)_?log|track(?!er\b)/i;

/** Whether something that runs around the function, or is at hand in its file, is named for keeping a record. */
export function isToldAround(fn: FunctionNode, { header }: SourceView): boolean {
  for (const [name, { module }] of header.imports) if (TELLS.test(name) || TELLS.test(module)) return true;
  for (const name of header.topLevel) if (TELLS.test(name)) return true;
  if (ts.isMethodDeclaration(fn)) return (ts.getDecorators(fn) ?? []).some((decorator) => isTelling(decorator));
  for (let at: ts.Node = fn; at.parent !== undefined && ts.isExpression(at.parent); at = at.parent) {
    if (!ts.isCallExpression(at.parent)) continue;
    if (at.parent.arguments.some((argument) => argument !== at && isTelling(argument))) return true;
  }
  return false;
}

/** Middleware, decorators and wrappers that are named for logging. */
function isTelling(node: ts.Node): boolean {
  if (isFunctionWithBody(node)) return false;
  const text = node.getText();
  return TELLS.test(text) || /\blog(?:ger|s|ging)?(?:[A-Z(.]|\b)/.test(text);
}
