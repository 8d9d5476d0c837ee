import type { IgnoreEntry } from '#api';

/** What a list of patterns does with a file or folder right in the folder that is built. */
export type Verdict = 'out' | 'in' | 'in on purpose';

/** Says what a list does with a name and all that is in it: the last pattern about it decides. */
export function verdictOn(name: string, entries: readonly IgnoreEntry[]): Verdict {
  const last = entries.findLast(({ pattern }) => covers(pattern, name));
  if (last === undefined) return 'in';
  return last.isException ? 'in on purpose' : 'out';
}

/** `.git`, `/.git/`, `**\/.git`, `.git/**`, `.g*` … */
function covers(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .filter((part, index, parts) => part !== '**' || index === parts.length - 1);
  // What is named inside a folder says nothing about the rest of it.
  return (head === '**' || matches(head, name)) && rest.every((part) => part === '*' || part === '**');
}

/** Compares a name with `*`, `?`, `[a-z]` and `\x`, in steps bounded by both lengths. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.match(/\*+|\\.|\[\^?(?:\\.|[^\]\\])+\]|./gs) ?? [];
  let [at, from] = [0, 0];
  let [star, resume] = [-1, 0];
  while (from < name.length) {
    const part = parts[at];
    if (part?.startsWith('*') === true) {
      [star, resume] = [at, from];
      at++;
    } else if (part !== undefined && matchesOne(part, name.charAt(from))) {
      at++;
      from++;
    } else if (star >= 0) {
      // One character more for the last star.
      resume++;
      [at, from] = [star + 1, resume];
    } else return false;
  }
  return parts.slice(at).every((part) => part.startsWith('*'));
}

function matchesOne(part: string, character: string): boolean {
  if (part === '?') return true;
  if (part.length > 1 && part.startsWith('\\')) return part.slice(1) === character;
  if (part.length < 3 || !part.startsWith('[')) return part === character;
  const isNegated = part[1] === '^';
  const ranges = [...part.slice(isNegated ? 2 : 1, -1).matchAll(/(?:\\(.)|([^\\]))(?:-(?:\\(.)|([^\\])))?/gs)];
  const isIn = ranges.some(([, a = '', b = '', c, d]) => {
    const low = a || b;
    const high = c ?? d ?? low;
    return character >= low && character <= high;
  });
  return isIn !== isNegated;
}
