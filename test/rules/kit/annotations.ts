/**
 * The comments of the fixture language. They stand on lines of their own and are taken out before a rule sees the text,
 * so they may stand anywhere, even inside a template literal or a JSON file, and a twin needs none of them.
 */

/** A finding that a fixture announces, in UTF-16 offsets of the text without the comments. */
export interface Expectation {
  readonly messageId: string;
  readonly start: number;
  /** `undefined` where only the start is given (`^…`), for findings over several lines. */
  readonly end: number | undefined;
  /** Placeholder values the finding must have, among others. */
  readonly data: Readonly<Record<string, string | number>>;
  /** 1-based line of the comment in the fixture file. */
  readonly line: number;
}

/** What the first lines of a fixture say about it. */
export interface Directives {
  /** Path in the workspace, relative to its root. */
  readonly path?: string;
  readonly options?: unknown;
  /** Dependencies of a package.json at the root. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Why the rule does not see the problem shown here. */
  readonly miss?: string;
}

export interface AnnotatedText {
  /** What the rule sees. */
  readonly text: string;
  readonly expectations: readonly Expectation[];
  readonly directives: Directives;
  /** The lines with these, as written. */
  readonly head: readonly string[];
}

const opening = String.raw`^[ \t]*(?:\/\/|#|<!--|\{?\/\*)`;
const closing = String.raw`[ \t]*(?:-->|\*\/\}?)?[ \t]*$`;
const directiveLine = new RegExp(`${opening}[ \\t]*(path|options|packages|miss):[ \\t]+(.*?)${closing}`);
const expectationLine = new RegExp(
  `${opening}[ \\t]*(<?\\^*…?|@\\d+-\\d+)[ \\t]+expect:[ \\t]*([\\w-]+)(?:[ \\t]+(\\{.*\\}))?${closing}`,
);
/** Anything that looks like an expectation, so that a misspelt one is an error instead of code. */
const nearlyExpectation = new RegExp(`${opening}.*[\\^…].*expect`);

function parseDirectives(lines: readonly string[], name: string): { directives: Directives; count: number } {
  const directives: Record<string, unknown> = {};
  let count = 0;
  for (const line of lines) {
    const [, key, value = ''] = directiveLine.exec(line) ?? [];
    if (key === undefined) break;
    try {
      directives[key] = key === 'options' || key === 'packages' ? JSON.parse(value) : value;
    } catch {
      throw new Error(`${name}:${count + 1}: behind "${key}:" comes JSON on one line.`);
    }
    count++;
  }
  return { directives, count };
}

/** Columns of the announced range in the line above, 0-based, half-open. */
function columns(comment: string, mark: string, above: string): { start: number; end: number | undefined } {
  const numbers = /^@(\d+)-(\d+)$/.exec(mark);
  if (numbers) return { start: Number(numbers[1]) - 1, end: Number(numbers[2]) };
  const at = comment.indexOf(mark);
  const start = mark.startsWith('<') ? above.search(/\S|$/) : at;
  return { start, end: mark.endsWith('…') ? undefined : at + mark.length };
}

/**
 * Takes the comments out of a fixture.
 * @param name path of the fixture file for error messages
 */
export function parseAnnotated(source: string, name: string): AnnotatedText {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const { directives, count } = parseDirectives(lines, name);
  const kept: string[] = [];
  const expectations: Expectation[] = [];
  let lineStart = 0;
  let nextStart = 0;
  for (const [index, line] of lines.entries()) {
    if (index < count) continue;
    const match = expectationLine.exec(line);
    const [, mark = '', messageId = '', data] = match ?? [];
    if (!match || mark === '') {
      if (nearlyExpectation.test(line)) throw new Error(`${name}:${index + 1}: not an expectation: ${line.trim()}`);
      lineStart = nextStart;
      nextStart += line.length + 1;
      kept.push(line);
      continue;
    }
    const above = kept.at(-1);
    if (above === undefined) throw new Error(`${name}:${index + 1}: there is no line above this expectation.`);
    const place = columns(line, mark, above);
    if (place.start >= above.length || (place.end ?? 0) > above.length) {
      throw new Error(`${name}:${index + 1}: the carets point behind the end of the line above.`);
    }
    expectations.push({
      messageId,
      start: lineStart + place.start,
      end: place.end === undefined ? undefined : lineStart + place.end,
      data: data === undefined ? {} : JSON.parse(data),
      line: index + 1,
    });
  }
  return { text: kept.join('\n'), expectations, directives, head: lines.slice(0, count) };
}
