/** Code says the same few thousand names over and over. */
const MOST_NAMES = 20_000;

/** The same answers, each found once for a name as long as there are not too many (cache: answers by name). */
export function byName<T>(answer: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (name) => {
    let kept = known.get(name);
    if (kept === undefined) {
      kept = { answer: answer(name) };
      if (known.size >= MOST_NAMES) known.clear();
      known.set(name, kept);
    }
    return kept.answer;
  };
}
