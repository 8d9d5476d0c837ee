import type { FunctionNode } from '../api/kinds.ts';
import { ts } from '../ts.ts';

const K = ts.SyntaxKind;

/**
 * Nodes that the incremental parser keeps alive while text around them changes: statements and class members. Results are
 * cached on these and nowhere else.
 */
export function isBoundary(node: ts.Node): boolean {
  const kind = node.kind;
  return (
    (kind >= K.FirstStatement && kind <= K.LastStatement) ||
    kind === K.FunctionDeclaration ||
    kind === K.ClassDeclaration ||
    kind === K.MethodDeclaration ||
    kind === K.PropertyDeclaration ||
    kind === K.Constructor ||
    kind === K.GetAccessor ||
    kind === K.SetAccessor ||
    kind === K.InterfaceDeclaration ||
    kind === K.TypeAliasDeclaration ||
    kind === K.EnumDeclaration ||
    kind === K.ModuleDeclaration ||
    kind === K.ImportDeclaration ||
    kind === K.ExportDeclaration ||
    kind === K.ExportAssignment
  );
}

/** A function with a body: it opens a fact scope. Overload signatures and type signatures do not. */
export function isFunctionNode(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case K.FunctionDeclaration:
    case K.FunctionExpression:
    case K.ArrowFunction:
    case K.MethodDeclaration:
    case K.Constructor:
    case K.GetAccessor:
    case K.SetAccessor:
      return (node as FunctionNode).body !== undefined;
    default:
      return false;
  }
}
