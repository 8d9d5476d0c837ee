import type { Span } from '../api/finding.ts';

/** The word all suppression comments begin with. */
export const KEYWORD = 'airworthy-disable';

/** What a suppression covers: the whole file, the line it stands on, or the next one that is not a comment. */
export type SuppressionKind = 'file' | 'line' | 'next-line';

export interface NamedRule extends Span {
  /** `category/name`, or a category alone; `category/*` means the same. */
  readonly name: string;
}

export interface Reason extends Span {
  readonly text: string;
}

/** One suppression comment. */
export interface Directive {
  readonly kind: SuppressionKind;
  /** With its delimiters. */
  readonly comment: Span;
  /** `airworthy-disable-next-line` and its like. */
  readonly keyword: Span;
  readonly rules: readonly NamedRule[];
  readonly reason: Reason | undefined;
}

const KINDS: Readonly<Record<string, SuppressionKind>> = {
  [KEYWORD]: 'file',
  [`${KEYWORD}-line`]: 'line',
  [`${KEYWORD}-next-line`]: 'next-line',
};

const DELIMITERS: readonly { readonly open: string; readonly close: string }[] = [
  { open: '<!--', close: '-->' },
  { open: '/*', close: '*/' },
  { open: '//', close: '' },
  { open: '#', close: '' },
];

/** The text of a comment between its delimiters. */
function contentOf(text: string, { start, end }: Span): Span {
  const delimiter = DELIMITERS.find(({ open }) => text.startsWith(open, start));
  if (delimiter === undefined) return { start, end };
  const { open, close } = delimiter;
  let from = start + open.length;
  // `/**`, `///` and `##` are comments as well.
  while (from < end && text[from] === open[open.length - 1] && open !== '<!--') from++;
  const to = close !== '' && text.startsWith(close, end - close.length) ? end - close.length : end;
  return { start: Math.min(from, to), end: Math.max(to, Math.min(from, to)) };
}

/** Reads a comment as a suppression; `undefined` when it is none. Only a comment that begins with the keyword counts. */
export function parseDirective(text: string, comment: Span): Directive | undefined {
  const content = contentOf(text, comment);
  const body = text.slice(content.start, content.end);
  const match = /^[\s*]*(airworthy-disable[\w-]*)(?=\s|$)/.exec(body);
  const word = match?.[1] ?? '';
  const kind = KINDS[word];
  if (match === null || kind === undefined) return undefined;
  const keywordEnd = content.start + match[0].length;
  const rest = text.slice(keywordEnd, content.end);
  const separator = /(?:^|\s)--(?!-)/.exec(rest);
  const named = separator === null ? rest : rest.slice(0, separator.index);
  return {
    kind,
    comment,
    keyword: { start: keywordEnd - word.length, end: keywordEnd },
    rules: rulesIn(named, keywordEnd),
    reason: separator === null ? undefined : reasonIn(rest, separator.index + separator[0].length, keywordEnd),
  };
}

/** Names between commas; of several words between two commas the first is the name. */
function rulesIn(text: string, offset: number): readonly NamedRule[] {
  const rules: NamedRule[] = [];
  let from = 0;
  for (const part of text.split(',')) {
    const name = /\S+/.exec(part);
    if (name !== null) {
      const start = offset + from + name.index;
      rules.push({ name: name[0].replace(/\/\*$/, ''), start, end: start + name[0].length });
    }
    from += part.length + 1;
  }
  return rules;
}

function reasonIn(rest: string, from: number, offset: number): Reason | undefined {
  const text = rest.slice(from).trim();
  if (text === '') return undefined;
  const start = offset + rest.indexOf(text, from);
  return { text, start, end: start + text.length };
}
