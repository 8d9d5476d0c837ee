/** A path of which no part is constant; `*` is what code writes for all paths, and stands for single parts. */
export const NOT_CONSTANT = '**';

/** Puts a path under the prefix of a mount; `*` stands for what is not constant, `|` parts alternatives. */
export function joinPaths(prefix: string, path: string): string {
  if (prefix.includes('|')) {
    return prefix
      .split('|')
      .map((one) => joinPaths(one, path))
      .join('|');
  }
  if (path.includes('|')) {
    return path
      .split('|')
      .map((one) => joinPaths(prefix, one))
      .join('|');
  }
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
  return joined === '/' && prefix === '' && path === '' ? '' : joined;
}

/** Whether middleware under `prefix` may run for a route; what is not constant may be anything. */
export function covers(prefix: string, route: string): boolean {
  return prefix.split('|').some((one) => route.split('|').some((path) => coversOne(segments(one), segments(path))));
}

/** Whether middleware under `prefix` runs for all that a route answers, as far as both are constant. */
export function surelyCovers(prefix: string, route: string): boolean {
  if (prefix.includes('|') || route.includes('|')) return false;
  const path = segments(route);
  return segments(prefix).every((segment, index, all) => {
    if (segment === path[index]) return !isOpen(segment) && !segment.startsWith(':');
    return index === all.length - 1 && /^(?:\*\w*|\{\*\w+\}|\(\.\*\))$/.test(segment);
  });
}

function coversOne(prefix: readonly string[], path: readonly string[]): boolean {
  for (const [index, segment] of prefix.entries()) {
    const other = path[index];
    if (isOpen(segment) || other === '*' || other === NOT_CONSTANT) return true;
    if (other === undefined) return false;
    if (segment.startsWith(':') || other.startsWith(':') || segment === other || isOpen(other)) continue;
    return false;
  }
  return true;
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** A segment that stands for any number of others: `*`, `(.*)`, `api*`. */
function isOpen(segment: string): boolean {
  return segment.includes('*') || segment.includes('(') || segment.includes('{');
}
