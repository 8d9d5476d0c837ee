import { type FileHeader, type FunctionNode, ts } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { logCall } from '../../_shared/loggers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerFunctions } from '../../_shared/web/handlerFunctions.ts';

/** Methods that add a listener. */
export const LISTENS = new Set(['on', 'once', 'addListener', 'prependListener']);
/** What tells a service of errors. */
const REPORTS =
  /^(?:capture(?:Exception|Message|Error)|notify|noticeError|recordException|write|stringify|toString|toISOString|now|String)$/;

/** `process.on('uncaughtException', …)` */
export function listensForUncaught(call: ts.CallExpression, header: FileHeader): boolean {
  const member = memberCall(call);
  const [event] = call.arguments;
  if (member === undefined || !LISTENS.has(member.name) || event === undefined) return false;
  if (!ts.isStringLiteralLike(event) || event.text !== 'uncaughtException') return false;
  return /^(?:global#process|(?:node:)?process(?:#default)?)$/.test(header.resolve(member.receiver) ?? '');
}

/** The listener, when all it does is to tell somebody. */
export function listenerThatCarriesOn(call: ts.CallExpression, source: SourceView): FunctionNode | undefined {
  const [, listener] = call.arguments;
  const found = handlerFunctions(listener, source, () => false);
  const [fn] = found;
  return fn?.body !== undefined && found.length === 1 && onlyTells(fn.body, source) ? fn : undefined;
}

function onlyTells(body: ts.Node, source: SourceView): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isThrowStatement(node) || ts.isAwaitExpression(node) || ts.isNewExpression(node)) return false;
    // `process.exitCode = 1`, `app.isBroken = true`
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
    if (ts.isCallExpression(node) && !isTelling(node, source)) return false;
    return !ts.forEachChild(node, (child) => !visit(child));
  };
  return visit(body);
}

function isTelling(call: ts.CallExpression, source: SourceView): boolean {
  return REPORTS.test(calledName(call) ?? '') || logCall(call, source.header, source) !== undefined;
}
