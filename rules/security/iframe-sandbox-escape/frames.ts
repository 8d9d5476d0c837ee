import { ts, unwrap } from '#api';
import { constantOf } from '../../_shared/browser/constants.ts';
import type { Lookup } from '../../_shared/sourceView.ts';
import { frameOf, type Sink } from './sinks.ts';

type ChangeSink = Extract<Sink, { kind: 'change' }>;

function containing(node: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
  let current: ts.Node | undefined = node.parent;
  while (current && !test(current)) current = current.parent;
  return current;
}

/** The innermost function around a node. */
export function functionAround(node: ts.Node): ts.Node | undefined {
  return containing(node, ts.isFunctionLike);
}

/** `document.getElementById('player')`: asking twice gives the same frame. */
function isLookupByConstant(call: ts.CallExpression): boolean {
  const callee = unwrap(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(getElementById|querySelector|\$)$/.test(callee.name.text))
    return false;
  const root = unwrap(callee.expression);
  return ts.isIdentifier(root) && root.text === 'document' && call.arguments.every(ts.isStringLiteralLike);
}

/**
 * A key that is equal for expressions that stand for the same frame. Expressions of which that cannot be said, like the
 * result of a call, have a key of their own.
 */
export function frameKey(expression: ts.Node, lookup: Lookup, steps = 0): string {
  const node = unwrap(expression);
  if (ts.isIdentifier(node)) {
    const constant = steps < 6 ? constantOf(node, lookup) : undefined;
    const alias = constant && unwrap(constant);
    if (alias && (ts.isIdentifier(alias) || ts.isPropertyAccessExpression(alias)))
      return frameKey(alias, lookup, steps + 1);
    const declaration = lookup(node);
    return declaration ? `${node.text}@${declaration.pos}` : node.text;
  }
  if (ts.isPropertyAccessExpression(node)) return `${frameKey(node.expression, lookup, steps)}.${node.name.text}`;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return `this@${containing(node, ts.isClassLike)?.pos ?? ''}`;
  if (ts.isCallExpression(node) && isLookupByConstant(node)) return node.getText();
  return `at ${node.pos}`;
}

/** The frame behind a token list under a local name: `const list = frame.sandbox`, `const { sandbox } = frame`. */
function frameBehind(list: ts.Identifier, lookup: Lookup): ts.Expression | undefined {
  const declaration = lookup(list);
  if (!declaration) return undefined;
  if (ts.isParameter(declaration)) return declaration.type?.getText() === 'DOMTokenList' ? list : undefined;
  const constant = constantOf(list, lookup);
  if (constant) return frameOf(constant);
  if (!ts.isBindingElement(declaration)) return undefined;
  const source = declaration.parent.parent;
  const key = declaration.propertyName ?? declaration.name;
  if (!ts.isVariableDeclaration(source) || !ts.isIdentifier(key) || key.text !== 'sandbox') return undefined;
  return source.initializer;
}

/** Key of the frame that a call or assignment changes; `undefined` when it is no frame after all. */
export function changedFrame(sink: ChangeSink, lookup: Lookup): string | undefined {
  if (!sink.bare) return frameKey(sink.frame, lookup);
  const list = unwrap(sink.frame);
  const frame = ts.isIdentifier(list) ? frameBehind(list, lookup) : undefined;
  return frame && frameKey(frame, lookup);
}

function endsInJump(block: ts.Node): boolean {
  const last = ts.isBlock(block) ? block.statements.at(-1) : block;
  return (
    last !== undefined &&
    (ts.isReturnStatement(last) ||
      ts.isThrowStatement(last) ||
      ts.isBreakStatement(last) ||
      ts.isContinueStatement(last))
  );
}

function pathUp(node: ts.Node): readonly ts.Node[] {
  const path: ts.Node[] = [];
  for (let current = node; current; current = current.parent) path.push(current);
  return path;
}

/** Whether no run of their function reaches both: branches of one condition, or a branch that leaves before the other. */
export function exclusive(first: ts.Node, second: ts.Node): boolean {
  const up = pathUp(first);
  const others = new Set(pathUp(second));
  const meeting = up.findIndex((node) => others.has(node));
  const common = up[meeting];
  if (meeting < 0 || !common) return true;
  if (up.slice(0, meeting).some((node) => ts.isBlock(node) && endsInJump(node))) return true;
  if (ts.isCaseBlock(common)) return true;
  if (!ts.isIfStatement(common) && !ts.isConditionalExpression(common)) return false;
  const below = up[meeting - 1];
  const condition = ts.isIfStatement(common) ? common.expression : common.condition;
  return below !== condition && !others.has(condition);
}
