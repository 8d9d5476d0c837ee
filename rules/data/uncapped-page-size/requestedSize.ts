import { ts, unwrap } from '#api';
import { calledName } from '../../_shared/calls.ts';
import { first } from '../../_shared/memberPlace.ts';
import { isFallback } from '../../_shared/operators.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { requestData } from '../../_shared/web/requestData.ts';

/** Names are followed this many times. */
const MAX_DEPTH = 6;

const CONVERTS = /^(?:(?:Number\.)?parse(?:Int|Float)|Number)$/;
const KEEPS = /^Math\.(?:max|floor|ceil|round|trunc|abs)$/;

/** A number that the client chose. */
export interface RequestedSize {
  /** As the client sent it: `req.query.limit`, `limit`. */
  readonly sent: ts.Node;
  /** How the code names it on its way, texts of members included. */
  readonly names: ReadonlySet<string>;
}

/**
 * The part of a request that an expression is made of as a number. What went through any other function than those that
 * convert it is not followed, nor what nobody converts: a schema may have done both.
 */
export function requestedSize(expression: ts.Expression, source: SourceView): RequestedSize | undefined {
  const names = new Set<string>();
  const sent = follow(expression, source, { names, isConverted: false, depth: 0 });
  return sent && { sent, names };
}

interface State {
  readonly names: Set<string>;
  readonly isConverted: boolean;
  readonly depth: number;
}

function follow(expression: ts.Node, source: SourceView, state: State): ts.Node | undefined {
  if (state.depth > MAX_DEPTH) return undefined;
  const node = unwrap(expression);
  const inner = (at: ts.Node | undefined, isConverted = state.isConverted) =>
    at && follow(at, source, { ...state, isConverted, depth: state.depth + 1 });
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText();
    if (CONVERTS.test(callee)) return inner(node.arguments[0], true);
    if (KEEPS.test(callee)) return first(node.arguments, (argument) => inner(argument));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken) return inner(node.operand, true);
  if (ts.isConditionalExpression(node)) return inner(node.whenTrue) ?? inner(node.whenFalse);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (isFallback(operator)) {
      return inner(node.left) ?? inner(node.right);
    }
    // `limit * 1`
    const isOnce = operator === ts.SyntaxKind.AsteriskToken && node.right.getText() === '1';
    return isOnce ? inner(node.left, true) : undefined;
  }
  if (ts.isIdentifier(node)) {
    const declaration = source.lookup(node);
    if (declaration !== undefined && !ts.isParameter(declaration)) state.names.add(node.text);
    const value = declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    const found = inner(value);
    if (found !== undefined) return found;
  }
  return state.isConverted && isSent(node, source, state.names) ? node : undefined;
}

/** `c.req.valid('query')` went through a schema. */
function isSent(node: ts.Node, source: SourceView, names: Set<string>): boolean {
  if (/\bvalid\(/.test(node.getText())) return false;
  const data = requestData(node, source);
  if (data === undefined || (data.part !== 'query' && data.part !== 'body' && data.part !== 'params')) return false;
  gather(node, source, names);
  return true;
}

/** Texts by which the code may speak of what was sent: `req.query.limit`, and names of what it was taken out of. */
function gather(node: ts.Node, source: SourceView, names: Set<string>): void {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) names.add(at.getText());
  if (ts.isCallExpression(at) && calledName(at) !== undefined) {
    // `String(req.query.limit)`, `params.get('limit')`, `req.query.limit.toString()`.
    names.add(at.getText());
    for (const argument of at.arguments) gather(argument, source, names);
    if (ts.isPropertyAccessExpression(at.expression)) gather(at.expression.expression, source, names);
  }
  if (ts.isIdentifier(at)) {
    const declaration = source.lookup(at);
    if (declaration === undefined || ts.isParameter(declaration)) return;
    names.add(at.text);
    const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    if (value !== undefined) gather(value, source, names);
  }
}
