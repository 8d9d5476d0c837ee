import type { Random } from './random.ts';

/** Replaces `deleted` characters at `start`. */
export interface Edit {
  readonly start: number;
  readonly deleted: number;
  readonly inserted: string;
}

export function applyEdit(text: string, edit: Edit): string {
  return text.slice(0, edit.start) + edit.inserted + text.slice(edit.start + edit.deleted);
}

/** The edit that takes an edit of this text back. */
export function inverse(text: string, edit: Edit): Edit {
  const { start, deleted, inserted } = edit;
  return { start, deleted: inserted.length, inserted: text.slice(start, start + deleted) };
}

/** What people type, and what turns the rest of a file into something else. */
const snippets = [
  ...[
    'x',
    ' ',
    '\n',
    ';',
    ',',
    '.',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '<',
    '>',
    '=',
    '/',
    '"',
    "'",
    '`',
    '${',
    '/*',
    '*/',
    '//',
  ],
  ...[
    'await ',
    'async ',
    'return ',
    'return;\n',
    'const ',
    'function f() {\n',
    '}\n',
    '() => ',
    'if (x) ',
    'else ',
    'try {\n',
  ],
  ...[
    '} catch {}\n',
    'for (;;) {\n',
    'class A {\n',
    'static {',
    'export ',
    'default ',
    'import x from "y";\n',
    '?.',
    '!',
    '...',
  ],
  ...[
    'yield ',
    'label: ',
    '/** doc */\n',
    '@dec ',
    'as const',
    '<A>',
    '</A>',
    'case 1:\n',
    'break;\n',
    'throw 1;\n',
    '😀',
    '\t',
  ],
];

/** Start of the line that holds an offset. */
function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** A word, or one character that is none, around or behind an offset. */
function tokenAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  let start = offset;
  while (start > 0 && /\w/.test(text.charAt(start - 1)) && /\w/.test(text.charAt(start))) start--;
  const [word] = /^(?:\w+|[\s\S])/.exec(text.slice(start)) ?? [''];
  return { start, end: start + word.length };
}

/** One edit as a person might make it, deleting and pasting lines included. */
export function randomEdit(text: string, random: Random): Edit {
  const offset = random.below(text.length + 1);
  const token = tokenAt(text, Math.min(offset, Math.max(0, text.length - 1)));
  const from = lineStart(text, offset);
  switch (random.below(8)) {
    case 0:
      return { start: token.start, deleted: token.end - token.start, inserted: '' };
    case 1:
      return { start: token.start, deleted: token.end - token.start, inserted: random.pick(snippets) };
    case 2: {
      // Another token of the same text in its place: names meet other declarations, calls other functions.
      const other = tokenAt(text, random.below(Math.max(1, text.length)));
      return { start: token.start, deleted: token.end - token.start, inserted: text.slice(other.start, other.end) };
    }
    case 3: {
      const source = random.below(text.length + 1);
      return { start: from, deleted: 0, inserted: text.slice(lineStart(text, source), lineEnd(text, source)) };
    }
    case 4:
      return { start: from, deleted: lineEnd(text, offset) - from, inserted: '' };
    case 5:
      return { start: offset, deleted: Math.min(random.below(30), text.length - offset), inserted: '' };
    default:
      return { start: offset, deleted: 0, inserted: random.pick(snippets) };
  }
}
