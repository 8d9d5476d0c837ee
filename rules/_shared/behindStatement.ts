import { ts } from '#api';

/** Where new lines behind a statement begin: a comment that ends its line is about the statement and stays with it. */
export function behindStatement(text: string, { end }: ts.Node): number {
  return ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end;
}
