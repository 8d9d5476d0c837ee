import { ts } from '#api';
import { isWithin } from '../../_shared/enclosing.ts';

const NAMES = [
  ['a', 'b'],
  ['left', 'right'],
  ['first', 'second'],
] as const;

/** Two parameter names that hide nothing which is visible at `place`. */
export function freeNames(place: ts.Node): readonly [string, string] {
  const visible = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (
      isDeclaration(node) &&
      node.name !== undefined &&
      ts.isIdentifier(node.name) &&
      isWithin(place, scopeOf(node))
    ) {
      visible.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(place.getSourceFile());
  return NAMES.find((names) => !names.some((name) => visible.has(name))) ?? NAMES[0];
}

function isDeclaration(node: ts.Node): node is ts.NamedDeclaration {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}

function scopeOf(declaration: ts.Node): ts.Node {
  let node = declaration.parent;
  while (
    !ts.isSourceFile(node) &&
    !ts.isBlock(node) &&
    !ts.isCaseBlock(node) &&
    !ts.isModuleBlock(node) &&
    !ts.isFunctionLike(node) &&
    !ts.isIterationStatement(node, false) &&
    !ts.isCatchClause(node)
  ) {
    node = node.parent;
  }
  return node;
}
