import { ts } from '#api';

/** Whether a node, or one inside, reads one of the names; keys and members that are called alike do not count. */
export function mentionsAny(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text) && !isMemberName(node);
  return ts.forEachChild(node, (child) => mentionsAny(child, names) || undefined) === true;
}

/** Whether a node, or one inside, has a name in any place; a member that is called alike counts as well. */
export function mentionsName(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node)) return node.text === name;
  return ts.forEachChild(node, (child) => mentionsName(child, name) || undefined) === true;
}

/** A name after a dot, or before a colon: it says which member, and reads nothing. */
export function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}

/** The names that a binding declares: `id` and `name` of `{ id, profile: { name } }`. */
export function boundNames(name: ts.BindingName, into: Set<string> = new Set()): Set<string> {
  if (ts.isIdentifier(name)) return into.add(name.text);
  for (const element of name.elements) if (ts.isBindingElement(element)) boundNames(element.name, into);
  return into;
}
