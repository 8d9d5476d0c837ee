import { ts, unwrap } from '#api';

/**
 * The text by which a place is named that outlives a call: `this.total`, `this.state.open`, `total`, `stock[id]`. Names
 * alone do not say whether a variable is shared; `undefined` for other computed members and results of calls.
 */
export function placeName(node: ts.Node): string | undefined {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) return inner.text;
  if (inner.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (ts.isElementAccessExpression(inner)) return entryName(inner);
  if (!ts.isPropertyAccessExpression(inner)) return undefined;
  const owner = placeName(inner.expression);
  return owner === undefined ? undefined : `${owner}.${inner.name.text}`;
}

function entryName({ expression, argumentExpression: key }: ts.ElementAccessExpression): string | undefined {
  const owner = placeName(expression);
  return owner !== undefined && ts.isIdentifier(key) ? `${owner}[${key.text}]` : undefined;
}

/** What a place starts from: `this`, or the identifier of a variable. */
export function rootOf(node: ts.Node): ts.Node {
  let inner = unwrap(node);
  while (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) inner = unwrap(inner.expression);
  return inner;
}

/** Whether a node, or one in it, names the place; functions inside are asked as well. */
export function mentions(node: ts.Node, place: string): boolean {
  const isNamed = ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  const isPlace = isNamed && placeName(node) === place;
  return isPlace || ts.forEachChild(node, (child) => mentions(child, place) || undefined) === true;
}

/** Awaits of a node that its own function runs, in source order; those of functions inside are theirs. */
export function awaitsIn(node: ts.Node): readonly ts.AwaitExpression[] {
  const found: ts.AwaitExpression[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isFunctionLike(inner) || ts.isClassLike(inner)) return;
    ts.forEachChild(inner, visit);
    if (ts.isAwaitExpression(inner)) found.push(inner);
  };
  visit(node);
  return found;
}

/** The place that an expression gives a value, by assignment or by counting. */
export function writtenPlace(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? node.left : undefined;
  }
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined;
  const counts = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return counts ? node.operand : undefined;
}
