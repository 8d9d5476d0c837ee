/** Words by name (cache: words of names): code says the same few thousand names over and over. */
const known = new Map<string, readonly string[]>();
const MOST_NAMES = 20_000;

/** Words of a name in lower case: `auditLogger` → `audit`, `logger`; `HTTP_LOG` → `http`, `log`. */
export function nameWords(name: string): readonly string[] {
  let words = known.get(name);
  if (words === undefined) {
    words = wordsOf(name);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, words);
  }
  return words;
}

function wordsOf(name: string): readonly string[] {
  return name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
