/** Flags and heredocs read of one instruction; BuildKit knows about ten. */
const MAX_WORDS = 100;

/** A word of an instruction, split as a shell does; offsets are indexes into the joined text. */
interface Word {
  readonly start: number;
  readonly end: number;
}

/** The word at or behind an index; quotes and escapes keep blanks inside it. */
function wordAt(text: string, from: number, escapeChar: string): Word | undefined {
  let start = from;
  while (start < text.length && (text[start] === ' ' || text[start] === '\t')) start++;
  if (start >= text.length) return undefined;
  let quote = '';
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === escapeChar && quote !== "'") at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === ' ' || char === '\t') break;
  }
  return { start, end: Math.min(at, text.length) };
}

export interface Flag {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The `--name=value` words that stand before anything else, and where they end. */
export function flagsOf(
  text: string,
  from: number,
  escapeChar: string,
): { readonly flags: Flag[]; readonly end: number } {
  const flags: Flag[] = [];
  let end = from;
  for (let word = wordAt(text, end, escapeChar); word !== undefined; word = wordAt(text, end, escapeChar)) {
    if (!text.startsWith('--', word.start) || word.end - word.start === 2 || flags.length >= MAX_WORDS) break;
    const body = text.slice(word.start + 2, word.end);
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    flags.push({ name, value: equals < 0 ? '' : unquote(body.slice(equals + 1)), start: word.start, end: word.end });
    end = word.end;
  }
  return { flags, end };
}

/** Delimiters of the heredocs that an instruction opens; `tabs` where leading tabs do not count (`<<-EOF`). */
export function heredocNames(
  argument: string,
  escapeChar: string,
): { readonly name: string; readonly tabs: boolean }[] {
  const names: { name: string; tabs: boolean }[] = [];
  let end = 0;
  for (let word = wordAt(argument, end, escapeChar); word !== undefined; word = wordAt(argument, end, escapeChar)) {
    end = word.end;
    if (names.length >= MAX_WORDS) break;
    // A longer word is no delimiter that anybody would write.
    if (word.end - word.start > 200) continue;
    const match = /^\d*<<(-?)([^<]+)$/.exec(argument.slice(word.start, word.end));
    const name = unquote(match?.[2] ?? '');
    if (match !== null && name !== '') names.push({ name, tabs: match[1] === '-' });
  }
  return names;
}

function unquote(text: string): string {
  const quote = text[0];
  if ((quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote)) return text.slice(1, -1);
  return text;
}
