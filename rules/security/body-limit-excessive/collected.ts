import { type FunctionNode, ts, unwrap } from '#api';
import { calledName, memberCall } from '../../_shared/calls.ts';
import { enclosingFunction, isFunctionWithBody } from '../../_shared/enclosing.ts';
import { mentionsName } from '../../_shared/mentions.ts';
import { FOLDERS, inFolders } from '../../_shared/places.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { webRole } from '../../_shared/web/handlerRoles.ts';

/** Signs that somebody counts what has come, or stops when it is too much. */
const COUNTS = /\blength\b\s*[>+]|byteLength|content-length|\b413\b|destroy\(|max|limit|too_?(?:large|big|long)|size/i;

/** Servers that show or test something. */
const FOR_DEVELOPMENT = inFolders(
  FOLDERS.demos,
  FOLDERS.playgrounds,
  FOLDERS.tests,
  FOLDERS.standIns,
  FOLDERS.scripts,
  String.raw`test-\w+|testbot|stubs?`,
);

/** Whether a call may collect a body by hand: `request.on('data', …)`. */
export function mayCollect(call: ts.CallExpression): boolean {
  const [event, listener] = call.arguments;
  if (event === undefined || listener === undefined || !ts.isStringLiteralLike(event) || event.text !== 'data')
    return false;
  return /^(?:on|addListener)$/.test(calledName(call) ?? '') && isFunctionWithBody(unwrap(listener));
}

/** Whether everything that a client sends is kept, however much it is. */
export function collectsAll(call: ts.CallExpression, source: SourceView): boolean {
  const [, listener] = call.arguments;
  const receiver = memberCall(call)?.receiver;
  const request = receiver && unwrap(receiver);
  const fn = listener && unwrap(listener);
  if (FOR_DEVELOPMENT.test(source.header.localPath)) return false;
  // What others answer has the type of a request as well.
  if (request === undefined || !ts.isIdentifier(request) || /^_*(?:res|resp|response|answer|reply)/i.test(request.text))
    return false;
  if (fn === undefined || !isFunctionWithBody(fn)) return false;
  const declaration = source.lookup(request);
  if (declaration === undefined || webRole(declaration, source)?.role !== 'request') return false;
  return keeps(fn) && !COUNTS.test((enclosingFunction(call) ?? fn).getText());
}

/** `body += chunk`, `chunks.push(chunk)`. */
function keeps(listener: FunctionNode): boolean {
  const [chunk] = listener.parameters;
  if (chunk === undefined || !ts.isIdentifier(chunk.name) || listener.body === undefined) return false;
  const { text } = chunk.name;
  const visit = (node: ts.Node): boolean => {
    const isAdded =
      (ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken &&
        mentionsName(node.right, text)) ||
      (ts.isCallExpression(node) &&
        calledName(node) === 'push' &&
        node.arguments.some((argument) => mentionsName(argument, text)));
    return isAdded || ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(listener.body);
}
