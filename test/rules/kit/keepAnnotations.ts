import { parseAnnotated } from './annotations.ts';

/**
 * Puts the comments of a fixture file into a newer text of it: the directives at its head, and what is expected below
 * lines that are still there, or that one other line took the place of. What is expected at lines that are gone goes
 * with them, as does what would point behind the end of a changed line.
 * @param source the file as it was, with comments
 * @param text the newer text, without comments
 */
export function keepAnnotations(source: string, text: string): string {
  const before = parseAnnotated(source, 'the file before');
  const written = source.replaceAll('\r\n', '\n').split('\n');
  const oldLines = before.text.split('\n');
  const notes = notesByLine(written, before.head.length, new Set(before.expectations.map(({ line }) => line - 1)));
  const newLines = text.split('\n');
  const body = [...newLines];
  // From the last line up, so that what is put in moves nothing that comes later.
  for (const [oldLine, newLine] of [...pairedLines(oldLines, newLines)].toReversed()) {
    const fitting = (notes.get(oldLine) ?? []).filter((note) => fits(newLines[newLine] ?? '', note));
    body.splice(newLine + 1, 0, ...fitting);
  }
  return [...before.head, ...body].join('\n');
}

/** Comments with expectations by the line, of the text without comments, that they stand below. */
function notesByLine(
  written: readonly string[],
  headLength: number,
  isNote: ReadonlySet<number>,
): ReadonlyMap<number, readonly string[]> {
  const notes = new Map<number, string[]>();
  let line = -1;
  for (const [index, content] of written.entries()) {
    if (index < headLength) continue;
    if (isNote.has(index)) notes.set(line, [...(notes.get(line) ?? []), content]);
    else line++;
  }
  return notes;
}

function fits(line: string, note: string): boolean {
  try {
    parseAnnotated(`${line}\n${note}`, 'a line');
    return true;
  } catch {
    return false;
  }
}

/** Lines of two texts that stand for each other, in order: equal ones, and as many changed ones between two of these. */
function pairedLines(before: readonly string[], after: readonly string[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  let [lastBefore, lastAfter] = [-1, -1];
  for (const [old, young] of [...equalLines(before, after), [before.length, after.length] as const]) {
    if (old - lastBefore === young - lastAfter) {
      for (let step = 1; lastBefore + step < old; step++) pairs.set(lastBefore + step, lastAfter + step);
    }
    if (old < before.length) pairs.set(old, young);
    [lastBefore, lastAfter] = [old, young];
  }
  return pairs;
}

/** The longest common run of lines, in order. */
function equalLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const longest = (old: number, young: number): number => lengths[old * width + young] ?? 0;
  for (let old = before.length - 1; old >= 0; old--) {
    for (let young = after.length - 1; young >= 0; young--) {
      const same = before[old] === after[young];
      lengths[old * width + young] = same
        ? longest(old + 1, young + 1) + 1
        : Math.max(longest(old + 1, young), longest(old, young + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [old, young] = [0, 0];
  while (old < before.length && young < after.length) {
    if (before[old] === after[young]) pairs.push([old++, young++]);
    else if (longest(old + 1, young) >= longest(old, young + 1)) old++;
    else young++;
  }
  return pairs;
}
