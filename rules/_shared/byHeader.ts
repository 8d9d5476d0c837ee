import type { FileHeader } from '#api';

/**
 * The same answers, each found once for a file's imports (cache: answers by header). The answer may rest on the header
 * alone, which is made anew together with its imports.
 */
export function byHeader<T>(answer: (header: FileHeader) => T): (header: FileHeader) => T {
  const known = new WeakMap<FileHeader['imports'], { readonly answer: T }>();
  return (header) => {
    let kept = known.get(header.imports);
    if (kept === undefined) {
      kept = { answer: answer(header) };
      known.set(header.imports, kept);
    }
    return kept.answer;
  };
}
