import { type FunctionNode, ts } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { logCall } from '../../_shared/loggers.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { handlerOf, type Listening } from './listening.ts';

/** Functions of every handler, which say nothing of what it is for. */
const COMMON = /^(?:toString|String|Number|parse|stringify|push|then|catch|bind|call)$/;

/** Whether two handlers of one event do the same: they are one function, say the same, or call the same functions. */
export function areAlike(a: Listening, b: Listening, source: SourceView): boolean {
  if (ts.isIdentifier(a.handler) && ts.isIdentifier(b.handler) && a.handler.text === b.handler.text) {
    // The platform adds the same function of a page only once.
    return !isDom(a) && !isDom(b) && source.lookup(a.handler) === source.lookup(b.handler);
  }
  const first = handlerOf(a.handler, source);
  const second = handlerOf(b.handler, source);
  if (first === undefined || second === undefined || first === second) return false;
  if (bodyText(first) === bodyText(second)) return bodyText(first).length > 2;
  const left = doings(first, source);
  const right = doings(second, source);
  return left.size > 0 && left.size === right.size && [...left].every((doing) => right.has(doing));
}

function isDom({ call }: Listening): boolean {
  return calledName(call) === 'addEventListener';
}

function bodyText(fn: FunctionNode): string {
  return fn.body?.getText().replace(/\s+/g, ' ') ?? '';
}

/** What a handler calls and sets, logging left out; told by names and arguments, so that other arguments are another doing. */
function doings(fn: FunctionNode, source: SourceView): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      if (logCall(node, source.header, source) !== undefined) return;
      if (!COMMON.test(calledName(node) ?? '')) found.add(node.getText().replace(/\s+/g, ' '));
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      found.add(node.getText().replace(/\s+/g, ' '));
    } else if (ts.isIfStatement(node) || ts.isThrowStatement(node)) {
      found.add(node.getText().replace(/\s+/g, ' '));
    }
    ts.forEachChild(node, visit);
  };
  if (fn.body !== undefined) visit(fn.body);
  return found;
}
