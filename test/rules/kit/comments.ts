import { ts } from '#engine/ts.ts';

/** Texts of all comments of a source file, sorted. */
export function commentsOf(path: string, text: string): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const ranges = new Map<number, string>();
  const add = (found: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of found ?? []) ranges.set(pos, text.slice(pos, end).replaceAll(/\s+/g, ' '));
  };
  const visit = (node: ts.Node): void => {
    // Inside JSX text nothing is a comment.
    if (ts.isJsxText(node)) return;
    const children = node.getChildren(file);
    if (children.length === 0) {
      add(ts.getLeadingCommentRanges(text, node.pos));
      add(ts.getTrailingCommentRanges(text, node.end));
    }
    for (const child of children) visit(child);
  };
  visit(file);
  return [...ranges.values()].sort();
}
