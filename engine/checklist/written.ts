/** How much of a document is its head: title, author, date. */
const HEAD = 1_500;
const DAY = /(?<!\d|\d-)20\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?!\d|-\d)/g;

/**
 * The latest day or month that a document's name or head gives, like `2026-03-14` or `2026-03`; `undefined` without one.
 * Times of files are not asked for: every checkout sets them anew, and CI would order documents otherwise than an editor.
 * Comments do not count, which hold the ends of waivers.
 */
export function writtenOn(name: string, text: string): string | undefined {
  const head = text.slice(0, HEAD).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  return [...name.matchAll(DAY), ...head.matchAll(DAY)]
    .map(([day]) => day)
    .sort()
    .at(-1);
}
