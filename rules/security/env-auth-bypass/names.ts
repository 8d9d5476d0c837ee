/** Lower-case words of a name: `BYPASS_AUTH`, `bypassAuth`, `bypass-auth` → `bypass`, `auth`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** A set of the words of a text. */
export function set(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** True when any of the words is in the set. */
export function has(words: readonly string[], wanted: ReadonlySet<string>): boolean {
  return words.some((word) => wanted.has(word));
}
