import { ts, unwrap } from '#api';
import type { Lookup } from '../sourceView.ts';

/** What a `const` holds, `undefined` for everything that may change. */
export function constantOf(identifier: ts.Identifier, lookup: Lookup): ts.Expression | undefined {
  const declaration = lookup(identifier);
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  return ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const ? declaration.initializer : undefined;
}

/** The value of `NAMES.key` where `NAMES` is a constant object literal. */
function constantMember(access: ts.PropertyAccessExpression, lookup: Lookup): ts.Expression | undefined {
  const object = unwrap(access.expression);
  if (!ts.isIdentifier(object)) return undefined;
  const initializer = constantOf(object, lookup);
  const literal = initializer && unwrap(initializer);
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const property = literal.properties.find((member) => member.name?.getText() === access.name.text);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** What a constant, or a member of a constant object literal, holds; `undefined` for every other expression. */
export function followed(node: ts.Node, lookup: Lookup): ts.Expression | undefined {
  if (ts.isIdentifier(node)) return constantOf(node, lookup);
  if (ts.isPropertyAccessExpression(node)) return constantMember(node, lookup);
  return undefined;
}

/** Names are followed this many times; more is a cycle or nobody's code. */
export const MAX_STEPS = 6;

/** The expression behind any chain of constants. */
export function settled(expression: ts.Node, lookup: Lookup): ts.Node {
  let node = unwrap(expression);
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = followed(node, lookup);
    if (next === undefined) return node;
    node = unwrap(next);
  }
  return node;
}
