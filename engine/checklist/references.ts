import type { Span } from '../api/finding.ts';
import type { LineRange } from './model.ts';
import { insideAny, type PlainText } from './plain.ts';

/** A reference at a range of a plain text. */
export interface FoundReference {
  readonly path: string;
  readonly lines: readonly LineRange[];
  readonly start: number;
  readonly end: number;
  /** Span in the source, for the target of a link, which is no part of the words. */
  readonly target?: Span;
}

const EXTENSION =
  /\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml|md|mdx|mmd|txt|html?|s?css|less|vue|svelte|astro|prisma|sql|graphql|proto|py|go|rs|java|kt|rb|php|cs|swift|cpp|hpp|sh|ps1|tf|xml|env|lock|ini|cfg|conf|csv|snap)$/i;
/** Files that have no extension. */
const NAMED = /(?:^|\/)(?:Dockerfile|Makefile|Procfile|Jenkinsfile|\.env|\.dockerignore|\.gitignore|\.npmrc)$/;
/** `js` is also how products end: Node.js, Next.js. */
const PRODUCT = /^[\p{L}\d]+\.(?:js|io|net)$/iu;

const TOKEN = /[\w@~./\\[\]()+-]+/g;
const RANGE = /^(\d{1,7})(?:[-–‑](\d{1,7}))?/;

function rangeAt(text: string, offset: number): (LineRange & { readonly end: number }) | undefined {
  const match = RANGE.exec(text.slice(offset, offset + 20));
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from < 1 || to < from ? undefined : { from, to, end: offset + match[0].length };
}

/** `27, 82-86` from an offset on. In running text a number counts only where the list ends with it. */
function rangesAt(text: string, offset: number, inCode: boolean): { lines: LineRange[]; end: number } {
  const lines: LineRange[] = [];
  let end = offset;
  for (let at = offset; ; ) {
    const range = rangeAt(text, at);
    if (range === undefined) break;
    const alone = range.from === range.to;
    if (lines.length > 0 && alone && !inCode && /^\s+[\p{L}]/u.test(text.slice(range.end, range.end + 3))) break;
    lines.push({ from: range.from, to: range.to });
    end = range.end;
    const comma = /^\s*(?:,|&|and\s)\s*/.exec(text.slice(end, end + 12));
    if (comma === null) break;
    at = end + comma[0].length;
  }
  return { lines, end };
}

/** Line numbers behind a path: `:27, 82-86`, `#L3-L9`, `- Lines 27, 82`. */
function linesBehind(text: string, offset: number, inCode: boolean): { lines: LineRange[]; end: number } {
  if (text[offset] === ':' || text[offset] === '#') {
    const hash = /^#L(\d{1,7})(?:-L?(\d{1,7}))?/.exec(text.slice(offset, offset + 24));
    if (hash !== null) {
      const from = Number(hash[1]);
      return { lines: [{ from, to: Number(hash[2] ?? from) }], end: offset + hash[0].length };
    }
    if (text[offset] === ':') {
      const found = rangesAt(text, offset + 1, inCode);
      if (found.lines.length > 0) return found;
    }
  }
  const words = /^\s*(?:[-–—(,:]\s*)?(?:at\s+)?lines?\s*:?\s*(?=\d)/i.exec(text.slice(offset, offset + 24));
  if (words === null) return { lines: [], end: offset };
  const found = rangesAt(text, offset + words[0].length, false);
  return found.lines.length === 0 ? { lines: [], end: offset } : found;
}

/** Takes punctuation off the ends of a token, and brackets that are not closed inside it. */
function trimToken(token: string): { token: string; skipped: number } {
  let start = 0;
  let end = token.length;
  const count = (char: string) => token.slice(start, end).split(char).length;
  for (let changed = true; changed && start < end; ) {
    changed = false;
    const first = token[start] ?? '';
    const last = token[end - 1] ?? '';
    if (
      (first === '(' && count('(') !== count(')')) ||
      (first === '[' && count('[') !== count(']')) ||
      (first === '(' && last === ')')
    ) {
      start++;
      changed = true;
    } else if (
      last === '.' ||
      last === '-' ||
      last === '+' ||
      (last === ')' && count('(') !== count(')')) ||
      (last === ']' && count('[') !== count(']'))
    ) {
      end--;
      changed = true;
    }
  }
  return { token: token.slice(start, end), skipped: start };
}

/** Whether a token names a file. Outside code, a bare name has to look like nothing else. */
function isPath(token: string, inCode: boolean, hasLines: boolean): boolean {
  if (token.length > 300 || token.startsWith('//')) return false;
  if (NAMED.test(token)) return inCode || token.includes('/');
  if (!EXTENSION.test(token)) return false;
  const name = token.slice(Math.max(token.lastIndexOf('/'), token.lastIndexOf('\\')) + 1);
  // An extension that is spoken of by itself: .ts, .test.ts.
  if (/^\.(?:(?:test|spec|d|stories|e2e)\.)?\w+$/.test(name)) return false;
  if (/[()]/.test(name)) return false;
  return inCode || hasLines || token.includes('/') || !PRODUCT.test(name);
}

/** The files that a range of a plain text names. Globs, URLs, package names and API routes are none. */
export function referencesIn(plain: PlainText, start = 0, end = plain.text.length): FoundReference[] {
  const text = plain.text.slice(0, end);
  const found: FoundReference[] = [];
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    if (match[0].length > 400 || (!match[0].includes('.') && !/file$/.test(match[0]))) continue;
    const before = text[match.index - 1] ?? ' ';
    if (/[*<>$:{}?=&%#]/.test(before) || text[match.index + match[0].length] === '*') continue;
    const { token, skipped } = trimToken(match[0]);
    const at = match.index + skipped;
    const inCode = insideAny(plain.code, at);
    const code = plain.code.find((span) => span.start <= at && at < span.end);
    // Code has to be the path alone, not an expression or a command that mentions one.
    if (
      code !== undefined &&
      (code.start !== at || !/^[:#,\s\dL–‑-]*$/.test(text.slice(at + token.length, code.end)))
    ) {
      continue;
    }
    const { lines, end: last } = linesBehind(text, at + token.length, inCode);
    if (!isPath(token, inCode, lines.length > 0)) continue;
    // Emphasis has eaten a part of the name, as in __init__.py.
    const first = plain.offsets[at] ?? 0;
    if ((plain.offsets[at + token.length - 1] ?? 0) - first !== token.length - 1) continue;
    found.push({ path: token, lines, start: at, end: last });
    TOKEN.lastIndex = Math.max(last, match.index + match[0].length);
  }
  for (const link of plain.links) {
    if (link.start < start || link.end > end) continue;
    const target = /^(?!\w+:|\/\/|#)([^#?]+)(?:#L(\d{1,7})(?:-L?(\d{1,7}))?)?$/.exec(link.url);
    const path = target?.[1] ?? '';
    if (target === null || !EXTENSION.test(path)) continue;
    const overlapping = found.findIndex((reference) => reference.start < link.end && link.start < reference.end);
    if (overlapping >= 0) found.splice(overlapping, 1);
    const from = Number(target[2] ?? 0);
    const lines = from > 0 ? [{ from, to: Number(target[3] ?? from) }] : [];
    found.push({ path, lines, start: link.start, end: link.end, target: link.target });
  }
  return found.sort((a, b) => a.start - b.start);
}
