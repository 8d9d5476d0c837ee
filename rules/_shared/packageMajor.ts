/**
 * The major version that a range of package.json begins with; 0 where another file has to be asked, as for `catalog:`, and
 * infinity for whatever is newest.
 */
export function majorOf(range: string): number {
  if (range === 'latest' || range === '*') return Number.POSITIVE_INFINITY;
  return Number(/(?:^|@)[\^~>=v\s]*(\d+)/.exec(range)?.[1] ?? 0);
}
