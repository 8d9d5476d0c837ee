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
