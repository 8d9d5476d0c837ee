import { ts } from '#api';
import { type Follow, type Value, valuesOf } from './follow.ts';

/** A member of an object, as one of the values it may have; `undefined` where it may be there and nobody can tell what. */
export type Members = ReadonlyMap<string, ts.Expression | undefined>;

/** Members of an object with those that spreads bring along; `undefined` where some cannot be told by name. */
export function membersOf({ node, changed }: Value, follow: Follow): Members | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  const members = new Map<string, ts.Expression | undefined>();
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const values = valuesOf(property.expression, follow);
      if (values === undefined) return undefined;
      for (const value of values) {
        if (value.node === undefined) continue;
        const brought = membersOf(value, follow);
        if (brought === undefined) return undefined;
        for (const [name, member] of brought) members.set(name, values.length === 1 ? member : undefined);
      }
      continue;
    }
    if (property.name === undefined || !('text' in property.name)) return undefined;
    const { text } = property.name;
    if (ts.isPropertyAssignment(property)) members.set(text, property.initializer);
    else members.set(text, ts.isShorthandPropertyAssignment(property) ? property.name : undefined);
  }
  for (const name of changed) members.set(name, undefined);
  return members;
}
