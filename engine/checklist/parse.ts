import { nameOf } from '../document/paths.ts';
import { Assembler } from './assemble.ts';
import { readChunk } from './chunk.ts';
import type { ChunkCache } from './chunkCache.ts';
import { readHeadingLine } from './headings.ts';
import { isNamedLikeChecklist } from './likeness.ts';
import type { ChecklistDocument, ChecklistProblem } from './model.ts';
import { Placer } from './placer.ts';
import { plainLine } from './plain.ts';
import { repair } from './repair.ts';
import { splitText } from './split.ts';
import { oneLine } from './titles.ts';

/**
 * Characters of a document that is read as a checklist, about 6,000 items. The Markdown parser takes some two seconds for a
 * megabyte and cannot be interrupted; real checklists stay below a fifth of this.
 */
const MAX_CHECKLIST = 400_000;

const TOO_LARGE = `This document is not read as a checklist because it has more than ${MAX_CHECKLIST.toLocaleString('en')} characters.`;

/**
 * Why a text that somebody would expect to be a checklist is not read as one; `undefined` for all others. `setting`: what
 * airworthy.json says of it, which counts more than its name.
 */
export function notReadAsChecklist(
  path: string,
  text: string,
  setting: 'included' | 'excluded' | undefined,
): string | undefined {
  if (text.length <= MAX_CHECKLIST || setting === 'excluded') return undefined;
  return setting === 'included' || isNamedLikeChecklist(path) ? TOO_LARGE : undefined;
}

/** The first line of a text without headings. */
function firstLine(text: string): string {
  const line = /\S[^\r\n]*/.exec(text.slice(0, 2_000))?.[0] ?? '';
  return oneLine(line.replace(/^\ufeff/, '')).slice(0, 200);
}

/**
 * Reads a document of Markdown, or of text that was pasted from one. Any text gives a document; whether it is a checklist is
 * for `likeness` to say. With a cache, pieces that have not changed since the last call are not read again.
 */
export function parseChecklist(path: string, text: string, cache?: ChunkCache): ChecklistDocument {
  if (text.length > MAX_CHECKLIST) {
    const problem = { start: 0, end: text.length, message: TOO_LARGE };
    return {
      path,
      title: nameOf(path),
      status: undefined,
      sections: [],
      items: [],
      bars: [],
      locations: [],
      problems: [problem],
    };
  }
  const repaired = repair(text);
  const { pieces, numbered } = splitText(repaired.text);
  const placer = new Placer(text, repaired);
  const assembler = new Assembler(placer);
  const problems: ChecklistProblem[] = [];
  for (const piece of pieces) {
    placer.start = 0;
    if (piece.kind === 'table') assembler.take(piece.items, true);
    else if (piece.kind === 'numbered') {
      const plain = plainLine(repaired.text, piece.start, piece.end);
      assembler.take([readHeadingLine(plain, repaired.text, piece)], true);
    } else {
      placer.start = piece.start;
      const source = repaired.text.slice(piece.start, piece.end);
      const read = cache?.read(source) ?? readChunk(source);
      assembler.take(read.drafts, !numbered);
      for (const problem of read.problems) problems.push({ ...placer.span(problem), message: problem.message });
    }
  }
  cache?.sweep();
  const { title, ...rest } = assembler.finish(text.length);
  const first = firstLine(repaired.text);
  return { path, title: (numbered ? first : title) || first || nameOf(path), ...rest, problems };
}
