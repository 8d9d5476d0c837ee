/**
 * Whether a text has more lines of code than a limit. Blank lines and comments that have their lines to themselves do not
 * count, so that describing routes above them costs nothing. Reads no further than the answer.
 */
export function hasMoreLines(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let count = 0;
  let isComment = false;
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const first = firstVisible(text, start, end);
    if (isComment || text.startsWith('/*', first)) {
      const closed = text.indexOf('*/', isComment ? start : first + 2);
      isComment = closed < 0 || closed >= end;
    } else if (first < end && !text.startsWith('//', first)) {
      count++;
      if (count > limit) return true;
    }
    start = end + 1;
  }
  return false;
}

function firstVisible(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) <= SPACE) at++;
  return at;
}

const SPACE = 0x20;
