import { ts } from '#api';
import { namesOf } from '../../_shared/namesOf.ts';

/**
 * Members of the object in a constant that are written to after it was made; `undefined` where it is handed to something
 * that may write whatever it likes.
 */
export function changedKeys(declaration: ts.VariableDeclaration): readonly string[] | undefined {
  const { name } = declaration;
  if (!ts.isIdentifier(name)) return undefined;
  const block = ts.findAncestor(declaration, (node) => ts.isBlock(node) || ts.isSourceFile(node));
  // What stands at the top of a file is shared by all that runs: nobody writes to it.
  if (block === undefined || ts.isSourceFile(block)) return [];
  const keys: string[] = [];
  for (const node of namesOf(name.text, block)) {
    if (node === name || !ts.isIdentifier(node)) continue;
    const use = useOf(node);
    if (use === undefined) return undefined;
    if (use !== READ) keys.push(use.key);
  }
  return keys;
}

const READ = { key: '' };

/** The member that is written to where the name stands, or that it is only read. */
function useOf(name: ts.Identifier): { readonly key: string } | undefined {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent) || ts.isSpreadAssignment(parent)) return READ;
  if (ts.isReturnStatement(parent) || ts.isSatisfiesExpression(parent) || ts.isAsExpression(parent)) return READ;
  // A member of that name, of something else.
  if (ts.isPropertyAccessExpression(parent) && parent.name === name) return READ;
  if (ts.isPropertyAssignment(parent)) return READ;
  if (isReadOf(parent)) return READ;
  const key = keyOf(parent);
  if (key === undefined) return undefined;
  let target: ts.Node = parent;
  while (isMember(target.parent) && target.parent.expression === target) target = target.parent;
  const { parent: around } = target;
  if (ts.isCallExpression(around) && around.expression === target) return undefined;
  if (ts.isDeleteExpression(around)) return undefined;
  const isWritten = ts.isBinaryExpression(around) && around.left === target && isAssignment(around.operatorToken.kind);
  return isWritten ? { key } : READ;
}

/** The whole argument of a query, `findMany(args)`, or of something that only looks at it. */
function isReadOf(parent: ts.Node): boolean {
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return false;
  const { name, expression } = parent.expression;
  if (ts.isIdentifier(expression) && /^(?:Object|JSON|console)$/.test(expression.text)) return name.text !== 'assign';
  return ts.isPropertyAccessExpression(expression) && /^(?:find|count|aggregate|groupBy|update|delete)/.test(name.text);
}

function isMember(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function keyOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)
    ? node.argumentExpression.text
    : undefined;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
