import { ts } from '#api';
import type { SourceView } from './sourceView.ts';

/** The innermost class around a node; what is decided by its members is decided anew when any of them changes. */
export function classAround(node: ts.Node, source: SourceView): ts.ClassLikeDeclaration | undefined {
  const owner = ts.findAncestor(node, ts.isClassLike);
  if (owner !== undefined) source.relyOn(owner);
  return owner;
}
