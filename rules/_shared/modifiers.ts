import { ts } from '#api';

/** Whether a declaration wears a modifier, `async` or `export` for one; `false` for nodes that cannot. */
export function hasModifier(node: ts.Node, kind: ts.ModifierSyntaxKind): boolean {
  return ts.canHaveModifiers(node) && node.modifiers?.some((modifier) => modifier.kind === kind) === true;
}
