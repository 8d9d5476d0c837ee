import { ts } from './ts.ts';

/** Kinds of nodes as a table by kind that holds 1 for each of them: asked once or more for every node of a tree. */
export function kindSet(...kinds: readonly ts.SyntaxKind[]): Uint8Array {
  const table = new Uint8Array(ts.SyntaxKind.Count);
  for (const kind of kinds) table[kind] = 1;
  return table;
}
