import { type FunctionNode, ts, unwrap } from '#api';
import { memberCall } from '../../_shared/calls.ts';
import type { SourceView } from '../../_shared/sourceView.ts';
import { awaitsIn, mentions, placeName } from './places.ts';
import type { Write } from './writes.ts';

/** How many operands of a sum are looked at. */
const MAX_OPERANDS = 8;

/** The names that a sum is made of, each with nothing else: `old` and `amount` of `old + amount`. */
export function summands(node: ts.Node): readonly ts.Identifier[] {
  const names: ts.Identifier[] = [];
  const open = [unwrap(node)];
  if (!isSum(open[0])) return names;
  for (let next = open.pop(), seen = 0; next !== undefined && seen < MAX_OPERANDS; next = open.pop(), seen++) {
    if (isSum(next)) open.push(unwrap(next.left), unwrap(next.right));
    else if (ts.isIdentifier(next)) names.push(next);
  }
  return names;
}

function isSum(node: ts.Node | undefined): node is ts.BinaryExpression {
  if (node === undefined || !ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.MinusToken;
}

/**
 * The declaration of the variable by which an old value is carried over a wait: `const old = this.count; await …;
 * this.count = old + 1`, and the same with an entry of a map. `undefined` where the place is named once more in between:
 * it may be asked again there.
 */
export function carriedBy(write: Write, fn: FunctionNode, source: SourceView): ts.VariableDeclaration | undefined {
  const { node, place } = write;
  const [key, value] = ts.isCallExpression(node) ? node.arguments : [];
  const written = value ?? (ts.isBinaryExpression(node) ? node.right : undefined);
  if (written === undefined || fn.body === undefined) return undefined;
  for (const name of summands(written)) {
    const declaration = source.lookup(name);
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || !isConstantOf(declaration, fn)) continue;
    if (!reads(declaration.initializer, place, key)) continue;
    const waits = awaitsIn(fn.body).some((one) => isBetween(one, declaration, node) && isOnTheWay(one, node));
    if (waits && !isNamedBetween(fn.body, place, declaration, node)) return declaration;
  }
  return undefined;
}

function isConstantOf(declaration: ts.VariableDeclaration, fn: FunctionNode): boolean {
  const isConstant = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  return isConstant && declaration.pos >= fn.pos && declaration.end <= fn.end;
}

/** `this.count`, `this.count ?? 0`, and `stock.get(id) ?? 0` for a key. */
function reads(value: ts.Expression | undefined, place: string, key: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  const node = unwrap(value);
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isFilledIn = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
    return isFilledIn && reads(node.left, place, key);
  }
  if (key === undefined) return placeName(node) === place;
  if (!ts.isCallExpression(node)) return false;
  const member = memberCall(node);
  return (
    member?.name === 'get' && placeName(member.receiver) === place && node.arguments[0]?.getText() === key.getText()
  );
}

function isBetween(node: ts.Node, from: ts.Node, to: ts.Node): boolean {
  return node.pos >= from.end && node.end <= to.pos;
}

/** Whether whoever comes to the write has come through the wait: no branch of its own is around it. */
function isOnTheWay(wait: ts.Node, write: ts.Node): boolean {
  for (let up = wait; up.parent !== undefined; up = up.parent) {
    const { parent } = up;
    if (parent.pos <= write.pos && parent.end >= write.end) return true;
    const isChoice =
      ts.isIfStatement(parent) ||
      ts.isConditionalExpression(parent) ||
      ts.isCatchClause(parent) ||
      ts.isCaseClause(parent);
    if (isChoice) return false;
  }
  return false;
}

function isNamedBetween(body: ts.Node, place: string, from: ts.Node, to: ts.Node): boolean {
  const visit = (node: ts.Node): boolean => {
    if (node.end <= from.end || node.pos >= to.pos) return false;
    return (isBetween(node, from, to) && mentions(node, place)) || (ts.forEachChild(node, visit) ?? false);
  };
  return visit(body);
}
