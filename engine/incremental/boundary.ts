import type { FunctionNode } from '../api/kinds.ts';
import { kindSet } from '../kindSet.ts';
import { ts } from '../ts.ts';

const K = ts.SyntaxKind;

const statements = Array.from({ length: K.LastStatement - K.FirstStatement + 1 }, (_, n) => K.FirstStatement + n);
const BOUNDARIES = kindSet(
  ...statements,
  K.FunctionDeclaration,
  K.ClassDeclaration,
  K.MethodDeclaration,
  K.PropertyDeclaration,
  K.Constructor,
  K.GetAccessor,
  K.SetAccessor,
  K.InterfaceDeclaration,
  K.TypeAliasDeclaration,
  K.EnumDeclaration,
  K.ModuleDeclaration,
  K.ImportDeclaration,
  K.ExportDeclaration,
  K.ExportAssignment,
);

/**
 * Nodes that the incremental parser keeps alive while text around them changes: statements and class members. Results are
 * cached on these and nowhere else.
 */
export function isBoundary(node: ts.Node): boolean {
  return BOUNDARIES[node.kind] === 1;
}

/**
 * Nodes that the walk over a file keeps results of: boundaries, and functions that members of object literals hold, because
 * `document/graft.ts` keeps those members alive.
 */
export function isUnit(node: ts.Node): boolean {
  if (node.kind === K.PropertyAssignment) return isFunctionNode((node as ts.PropertyAssignment).initializer);
  return BOUNDARIES[node.kind] === 1;
}

const FUNCTIONS = kindSet(
  K.FunctionDeclaration,
  K.FunctionExpression,
  K.ArrowFunction,
  K.MethodDeclaration,
  K.Constructor,
  K.GetAccessor,
  K.SetAccessor,
);

/** A function with a body: it opens a fact scope. Overload signatures and type signatures do not. */
export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return FUNCTIONS[node.kind] === 1 && (node as FunctionNode).body !== undefined;
}
