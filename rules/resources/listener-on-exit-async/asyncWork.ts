import { type FileHeader, ts, unwrap } from '#api';

const TIMERS = /^(?:global|timers)#set(?:Timeout|Interval|Immediate)$/;
/** Functions of Node whose result comes later; those that end in Sync are not among them. */
const LATER =
  /^(?:global#fetch|fs\/promises(?:#|$)|timers\/promises#|fs#(?!constants)(?:promises\.)?\w+$|child_process#(?:exec|execFile|spawn|fork)$|https?#(?:get|request)$)/;
const STREAMS = /^fs#(?:create(?:Read|Write)Stream|Stats|Dirent|watch\w*|unwatchFile)$/;

/**
 * The first thing in a listener whose end the listener does not see: what it awaits, a timer, a chain on a promise, a
 * function of Node that answers later. Functions inside of it are not looked into.
 */
export function asyncWork(body: ts.Node, header: FileHeader): ts.Node | undefined {
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return undefined;
    if (ts.isAwaitExpression(node)) return node;
    if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return node.expression;
    if (ts.isCallExpression(node) && answersLater(node, header)) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(body);
}

function answersLater(call: ts.CallExpression, header: FileHeader): boolean {
  const callee = unwrap(call.expression);
  const reference = header.resolve(callee);
  if (reference !== undefined) {
    if (TIMERS.test(reference)) return true;
    return LATER.test(reference) && !STREAMS.test(reference) && !reference.endsWith('Sync');
  }
  if (!ts.isPropertyAccessExpression(callee) || !ts.isCallExpression(unwrap(callee.expression))) return false;
  return /^(?:then|catch|finally)$/.test(callee.name.text);
}
