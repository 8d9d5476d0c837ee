import type { Span } from '#api';

/** One command of a shell script, by offsets into the text it is read from. */
export interface Command {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What stands between it and the next one: `&&`, `||`, `|`, `;`, a line break, or nothing at the end. */
  readonly operator: string;
}

/** Longer scripts are not read. */
const MAX_SCRIPT = 20_000;

const SEPARATOR = /\\\r?\n|"(?:[^"\\]|\\.)*"|'[^']*'|(?:^|(?<=\s))#[^\n]*|(&&|\|\||[|;]|\n)/g;
/** Quotes end with their line: in workflows a single one is an apostrophe more often than a text of several lines. */
const SEPARATOR_IN_LINES = /\\\r?\n|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?:^|(?<=\s))#[^\n]*|(&&|\|\||[|;]|\n)/g;

/** Cuts a script into its commands; quotes, substitutions and blocks are not looked into. */
export function commandsOf(script: string): readonly Command[] {
  return script.length > MAX_SCRIPT ? [] : cut(script, 0, SEPARATOR, false);
}

/** The same for the script in a YAML value. */
export function commandsIn(text: string, value: Span): readonly Command[] {
  const style = text[value.start] ?? '';
  const quoted = style === '"' || style === "'";
  // The line breaks of a folded block are blanks.
  const folded = style === '>';
  const header = folded || style === '|' ? text.indexOf('\n', value.start) + 1 : value.start;
  const start = quoted ? value.start + 1 : Math.max(header, value.start);
  const end = quoted ? value.end - 1 : value.end;
  return end - start > MAX_SCRIPT ? [] : cut(text.slice(start, end), start, SEPARATOR_IN_LINES, folded);
}

/**
 * The same for a part of a script that lies in a document of its own.
 * @param without parts of it that are no commands: bodies of heredocs
 */
export function commandsWithin(text: string, { start, end }: Span, without: readonly Span[] = []): readonly Command[] {
  if (end - start > MAX_SCRIPT) return [];
  let script = text.slice(start, end);
  for (const { start: from, end: to } of without) {
    script = script.slice(0, from - start) + ' '.repeat(to - from) + script.slice(to - start);
  }
  return cut(script, start, SEPARATOR, false);
}

/** The same for the script in a JSON text. */
export function commandsInJson(text: string, { start, end }: Span): readonly Command[] {
  if (end - start > MAX_SCRIPT) return [];
  const script: string[] = [];
  const places: number[] = [];
  for (const match of text.slice(start + 1, end - 1).matchAll(JSON_CHARACTER)) {
    script.push(unescaped(match[0]));
    places.push(start + 1 + match.index);
  }
  places.push(end - 1);
  const at = (offset: number) => places[offset] ?? end - 1;
  return cut(script.join(''), 0, SEPARATOR, false).map((one) => ({ ...one, start: at(one.start), end: at(one.end) }));
}

const JSON_CHARACTER = /\\u[\da-f]{4}|\\.|[^\\]/gis;
const JSON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescaped(character: string): string {
  if (!character.startsWith('\\')) return character;
  const code = character.slice(1);
  if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return JSON_ESCAPES[code] ?? code;
}

function cut(script: string, offset: number, separator: RegExp, folded: boolean): readonly Command[] {
  const commands: Command[] = [];
  let from = 0;
  for (const match of script.matchAll(separator)) {
    if (match[1] === undefined || (folded && match[1] === '\n')) continue;
    commands.push(command(script, from, match.index, offset, match[1]));
    from = match.index + match[0].length;
  }
  commands.push(command(script, from, script.length, offset, ''));
  return joined(commands);
}

function command(script: string, from: number, to: number, offset: number, operator: string): Command {
  const raw = script.slice(from, to);
  const text = raw.trim();
  const at = offset + from + (raw.length - raw.trimStart().length);
  return { start: at, end: at + text.length, text, operator };
}

/** A line that begins with an operator goes on with the one before. */
function joined(commands: readonly Command[]): readonly Command[] {
  const kept: Command[] = [];
  for (const each of commands) {
    const last = kept.at(-1);
    if (each.text === '' && last !== undefined && last.operator === '\n') {
      kept[kept.length - 1] = { ...last, operator: each.operator === '' ? '\n' : each.operator };
    } else if (each.text !== '') kept.push(each);
  }
  return kept;
}
