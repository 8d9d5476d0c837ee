import { type Fix, type FixContext, ts, unwrap } from '#api';
import { constant } from '../../_shared/calls.ts';
import { enclosingFunction } from '../../_shared/enclosing.ts';
import { isFallback } from '../../_shared/operators.ts';

/**
 * Puts an upper bound around the number where it is made, so that what else is worked out with it, such as the number of
 * pages, agrees with what the query reads.
 */
export const cap: Fix<{ readonly max: number }> = {
  title: 'Cap the page size with Math.min',
  safety: 'safe',
  edits(ctx) {
    const value = ctx.node(ts.isExpression);
    const made = value && (ts.isIdentifier(value) ? declaredAs(value, ctx) : madeHere(value));
    if (made === undefined || !isNumber(made)) return undefined;
    return [ctx.insert(made.getStart(), 'Math.min('), ctx.insert(made.end, `, ${ctx.options.max})`)];
  },
};

/** The value of the constant that the query is given. */
function declaredAs(name: ts.Identifier, ctx: FixContext<unknown>): ts.Expression | undefined {
  const declaration = ctx.lookup(name);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConst ? declaration.initializer : undefined;
}

/** The value itself, unless it is worked out again elsewhere, for what has to agree with it. */
function madeHere(value: ts.Expression): ts.Expression | undefined {
  const body = enclosingFunction(value)?.body;
  const names = new Set<string>();
  gather(value, names);
  if (body === undefined || names.size === 0) return undefined;
  const isElsewhere = (node: ts.Node): boolean => {
    if (node === value) return false;
    if (ts.isIdentifier(node) && names.has(node.text) && isValue(node)) return true;
    return ts.forEachChild(node, (child) => isElsewhere(child) || undefined) === true;
  };
  return isElsewhere(body) ? undefined : value;
}

/** Neither the declaration of a name, nor a key or method that is called alike. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent) || (ts.isPropertyAssignment(parent) && parent.name === node)) return false;
  return !(
    ts.isPropertyAccessExpression(parent) &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

/** The last name of what is converted: `limit` of `Number(req.query.limit)`. */
function gather(node: ts.Node, into: Set<string>): void {
  const at = unwrap(node);
  if (ts.isPropertyAccessExpression(at)) into.add(at.name.text);
  else if (ts.isIdentifier(at)) into.add(at.text);
  else if (ts.isCallExpression(at)) for (const argument of at.arguments) gather(argument, into);
  else ts.forEachChild(at, (child) => gather(child, into));
}

/** Whether an expression is a number whatever the client sent; `null` for none at all cannot be compared. */
function isNumber(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  if (typeof constant(node)?.value === 'number') return true;
  if (ts.isIdentifier(node)) return /^[A-Z][A-Z0-9_]+$/.test(node.text);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.PlusToken;
  if (ts.isCallExpression(node)) {
    return /^(?:(?:Number\.)?parse(?:Int|Float)|Number|Math\.\w+)$/.test(node.expression.getText());
  }
  if (ts.isConditionalExpression(node)) return isNumber(node.whenTrue) && isNumber(node.whenFalse);
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.AsteriskToken) return true;
  return isFallback(kind) && isNumber(node.left) && isNumber(node.right);
}
