import type { Span } from '#api';

/** Whole lines around a span, the last line end included. */
export function lineAround(text: string, { start, end }: Span): Span {
  const next = text.indexOf('\n', end);
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next + 1 };
}

/**
 * An entry of a block mapping in YAML, with its line unless a comment ends it. `undefined` where it shares the line with
 * other entries.
 */
export function entryCut(text: string, entry: Span): Span | undefined {
  const line = lineAround(text, entry);
  if (text.slice(line.start, entry.start).trim() !== '') return undefined;
  const rest = text.slice(entry.end, line.end).trim();
  if (rest === '') return line;
  const blanks = /^[ \t]*/.exec(text.slice(entry.end, line.end))?.[0].length ?? 0;
  return rest.startsWith('#') ? { start: entry.start, end: entry.end + blanks } : undefined;
}

/** A flag of a shell command with the blanks before it, or with its line where nothing else stands on it. */
export function flagCut(text: string, flag: Span): Span {
  const line = lineAround(text, flag);
  const before = text.slice(line.start, flag.start);
  const behind = text.slice(flag.end, line.end);
  if (before.trim() === '') {
    // `--flag \` on a line of its own.
    if (/^[ \t]*\\\r?\n$/.test(behind)) return line;
    // The last of continued lines: the backslash before it goes as well.
    const joined = /[ \t]*\\?\r?\n[ \t]*$/.exec(text.slice(0, flag.start));
    if (behind.trim() === '' && joined !== null) return { start: joined.index, end: flag.end };
    return { start: flag.start, end: flag.end + (/^[ \t]*/.exec(behind)?.[0].length ?? 0) };
  }
  // A `--` that hands on nothing else goes too.
  const last = /^\s*(?:$|["'&|;])|^[ \t]+#/.test(behind);
  const space = (last ? /(?:[ \t]+--)?[ \t]+$/ : /[ \t]+$/).exec(before)?.[0].length ?? 0;
  return { start: flag.start - space, end: flag.end };
}
