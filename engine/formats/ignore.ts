import { MAX_NODES, ProblemList } from './limits.ts';
import { lineAt, skipBlanks, trimEnd } from './lines.ts';
import type { FormatAdapter, IgnoreDocument, IgnoreEntry } from './types.ts';

/** Reads the lists by which Docker leaves files out of a build: a pattern on each line, `!` for what is in all the same. */
function parse(text: string): IgnoreDocument {
  const problems = new ProblemList(text.length);
  const comments: IgnoreDocument['comments'][number][] = [];
  const entries: IgnoreEntry[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let line = lineAt(text, at); line !== undefined; line = lineAt(text, at)) {
    at = line.next;
    const end = trimEnd(text, line.start, line.end);
    // A comment begins in the first column; elsewhere the sign is part of a name.
    if (text[line.start] === '#') {
      comments.push({ start: line.start, end });
      continue;
    }
    const start = skipBlanks(text, line.start, end);
    if (start === end) continue;
    if (entries.length >= MAX_NODES) {
      problems.add(start, text.length, 'The document is too large; what follows was not read.');
      break;
    }
    const isException = text[start] === '!';
    const from = isException ? skipBlanks(text, start + 1, end) : start;
    if (from === end) problems.add(start, end, 'This exception names nothing.');
    else entries.push({ span: { start, end }, pattern: text.slice(from, end), isException });
  }
  return { language: 'ignore', text, problems: problems.items, comments, entries };
}

/** The adapter for `.dockerignore` and `.containerignore`. */
export const ignore: FormatAdapter = { language: 'ignore', parse };
