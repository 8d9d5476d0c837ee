/** A set of the words of a text. */
export function set(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** True when any of the words is in the set. */
export function has(words: readonly string[], wanted: ReadonlySet<string>): boolean {
  return words.some((word) => wanted.has(word));
}
