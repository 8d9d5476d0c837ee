/** A small seeded generator, so that a failure can be seen again. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PIECES = [
  ...[
    '"',
    "'",
    '`',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    ':',
    ',',
    '#',
    '\\',
    '=',
    '-',
    '&',
    '*',
    '|',
    '/',
    '@',
    '!',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\0',
    '\ufeff',
    '\ud800',
    '😀',
    'é',
    '\u2028',
    '//',
    '/*',
    '*/',
    '<!--',
    '-->',
  ],
  ...[
    '<<: ',
    '<<EOF',
    '&a ',
    '*a',
    '- ',
    '? ',
    '```',
    '</',
    '/>',
    '<script>',
    '---\n',
    'model X {',
    '@@',
    '1e',
    '\\u12',
    '%YAML 1.1\n',
  ],
];

/** Some random insertions, deletions, doublings and swaps. */
export function mutate(text: string, next: (below: number) => number): string {
  let result = text;
  for (let edits = 1 + next(6); edits > 0; edits--) {
    const at = next(result.length + 1);
    const length = next(12);
    const piece = PIECES[next(PIECES.length)] ?? '';
    switch (next(4)) {
      case 0:
        result = result.slice(0, at) + piece + result.slice(at);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 2:
        result = result.slice(0, at) + result.slice(at, at + length).repeat(2) + result.slice(at + length);
        break;
      default:
        result = result.slice(0, at) + piece + result.slice(at + length);
    }
  }
  return result;
}

/** Ends of lines that change what follows in some format. */
const TAILS = [' ', '\t', ' #', ' # later', ' \\', ',', ';', ' |', ' >-', '"', "'", ' {', ' &x'];

/** Some edits as people make them: lines doubled, dropped, swapped, shifted, joined, or ended in another way. */
export function mutateLines(text: string, next: (below: number) => number): string {
  const lines = text.split('\n');
  for (let edits = 1 + next(3); edits > 0; edits--) {
    const at = next(lines.length);
    const line = lines[at] ?? '';
    const other = next(lines.length);
    switch (next(9)) {
      case 0:
        lines.splice(at, 0, line);
        break;
      case 1:
        if (lines.length > 1) lines.splice(at, 1);
        break;
      case 2:
        lines[at] = lines[other] ?? '';
        lines[other] = line;
        break;
      case 3:
        lines[at] = `  ${line}`;
        break;
      case 4:
        lines[at] = line.replace(/^ {1,2}/, '');
        break;
      case 5:
        lines.splice(at, 2, `${line}${lines[at + 1]?.trimStart() ?? ''}`);
        break;
      case 6:
        lines[at] = line.replace('\r', '') + (TAILS[next(TAILS.length)] ?? '');
        break;
      case 7:
        lines.splice(at, 0, '');
        break;
      default:
        // The name of one line with the value of another.
        lines[at] = line.replace(
          /([:=]\s*).*/,
          (_, mark: string) => mark + (lines[other] ?? '').replace(/^.*?[:=]\s*/, ''),
        );
    }
  }
  return lines.join('\n');
}

/** The same text written otherwise: with Windows line ends in all lines or one, or without the last line break. */
export function mutateLineEnds(text: string, next: (below: number) => number): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const one = next(lines.length);
  switch (next(4)) {
    case 0:
      return lines.join('\r\n');
    case 1:
      return lines.map((line, index) => (index === one ? `${line}\r` : line)).join('\n');
    case 2:
      return text.trimEnd();
    default:
      return text;
  }
}
